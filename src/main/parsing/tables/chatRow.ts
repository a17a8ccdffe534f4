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

/** The column with the turns of a chat before its last question. */
export const earlierTurns = 'earlier turns'

/**
 * The row of a chat: the last question is the input, the answer to it is what is expected, and the turns
 * before are a column of their own. So is a system message, since the template's instruction takes its
 * place.
 *
 * @returns null if there is no chat; a sentence if it does not end with a question or its answer.
 */
export function chatIn(entry: JsonObject): JsonObject | string | null {
  const name = names.find((one) => turnsIn(entry[one]) !== null)
  const turns = name === undefined ? null : turnsIn(entry[name])
  if (name === undefined || turns === null) return null
  const { [name]: _, ...others } = entry
  if (turns.some(({ text }) => text === null)) return 'This chat contains more than text.'
  const said = turns.filter(({ role }) => role !== 'system')
  const system = turns.filter(({ role }) => role === 'system').map(({ text }) => text)
  const answer = said.at(-1)?.role === 'assistant' ? said.at(-1) : undefined
  const before = answer === undefined ? said : said.slice(0, -1)
  const question = before.at(-1)
  if (question?.role !== 'user') {
    return `This chat does not end with a question or its answer, but is ${said.map(({ role }) => role).join(', ') || 'empty'}.`
  }
  const earlier = before.slice(0, -1)
  return {
    input: question.text,
    ...(answer === undefined ? {} : { expected: answer.text }),
    ...(system.length > 0 ? { system: system.join('\n') } : {}),
    ...(earlier.length > 0 ? { [earlierTurns]: earlier.map(spoken).join('\n') } : {}),
    ...others,
  }
}

/** `User: …` */
function spoken({ role, text }: Turn): string {
  return `${role.charAt(0).toUpperCase()}${role.slice(1)}: ${text ?? ''}`
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
