import { isRecord } from '../../../shared/domain/isRecord.ts'
import type { Cell, JsonObject } from './table.ts'

interface Turn {
  readonly role: string
  /** null: more than text. */
  readonly text: string | null
}

/** Names of a list of turns, as in OpenAI's chats and evals, and in ShareGPT. */
const names = ['messages', 'conversations', 'conversation', 'input', 'inputs']
const sameRole: Readonly<Partial<Record<string, string>>> = {
  human: 'user',
  gpt: 'assistant',
  model: 'assistant',
  developer: 'system',
}

/**
 * The row of a chat with one question: its text is the input, the answer is what is expected. A
 * system message is a column of its own, since the template's instruction takes its place.
 *
 * @returns null if there is no chat; a sentence if it is not one question and its answer.
 */
export function chatIn(entry: JsonObject): JsonObject | string | null {
  const name = names.find((one) => turnsIn(entry[one]) !== null)
  const turns = name === undefined ? null : turnsIn(entry[name])
  if (name === undefined || turns === null) return null
  const { [name]: _, ...others } = entry
  const said = turns.filter(({ role }) => role !== 'system')
  const system = turns.filter(({ role }) => role === 'system').map(({ text }) => text ?? '')
  const [question, answer, more] = said
  if (
    question?.role !== 'user' ||
    more !== undefined ||
    (answer?.role ?? 'assistant') !== 'assistant'
  ) {
    return `This chat is not one question and its answer, but ${said.map(({ role }) => role).join(', ') || 'empty'}.`
  }
  if (question.text === null || answer?.text === null) return 'This chat contains more than text.'
  return {
    input: question.text,
    ...(answer === undefined ? {} : { expected: answer.text }),
    ...(system.length > 0 ? { system: system.join('\n') } : {}),
    ...others,
  }
}

function turnsIn(value: Cell | undefined): readonly Turn[] | null {
  if (!Array.isArray(value) || value.length === 0) return null
  const turns = value.flatMap((one): readonly Turn[] => {
    if (!isRecord(one)) return []
    const role = one.role ?? one.from
    if (typeof role !== 'string') return []
    return [{ role: sameRole[role] ?? role, text: textOf(one.content ?? one.value) }]
  })
  return turns.length === value.length ? turns : null
}

function textOf(content: Cell | undefined): string | null {
  if (typeof content === 'string') return content
  if (!Array.isArray(content)) return null
  const texts = content.flatMap((part) =>
    isRecord(part) && typeof part.text === 'string' ? [part.text] : [],
  )
  return texts.length === content.length ? texts.join('\n') : null
}
