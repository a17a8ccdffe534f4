import { z } from 'zod'
import { parseJson } from '../../disk/jsonFile.ts'
import { placeholders } from '../../../shared/domain/template/placeholders.ts'
import type { Example, Template } from '../../../shared/domain/template/template.ts'
import { createForeignTexts } from './foreignText.ts'

/** What of a template a prompt of promptfoo says. */
export interface ForeignPrompt extends Pick<
  Template,
  'instruction' | 'input' | 'optional' | 'examples' | 'layout'
> {
  /** What isn't taken over, in sentences. */
  readonly notes: readonly string[]
}

const chat = z.array(z.object({ role: z.string(), content: z.string() })).min(1)
type Messages = z.infer<typeof chat>

/** Reads a prompt: a text with variables, or a chat in JSON. */
export function readForeignPrompt(prompt: string): ForeignPrompt {
  const texts = createForeignTexts()
  const messages = parseJson(prompt, chat)
  const parts =
    messages === undefined ? plainParts(texts.read(prompt)) : chatParts(messages, texts.read)
  const isEmpty = placeholders(parts.input).length === 0
  const notes = [
    ...parts.notes,
    ...texts.unread.map((sign) => `“${sign}” of the prompt is not understood and stays as it is.`),
    ...(isEmpty ? ['The prompt has no variable for the text of a row, so <INPUT> was added.'] : []),
  ]
  const { instruction, examples, layout } = parts
  return {
    instruction: isEmpty ? [instruction, parts.input].filter(Boolean).join('\n\n') : instruction,
    input: isEmpty ? '<INPUT>' : parts.input,
    optional: texts.optional,
    examples,
    layout,
    notes,
  }
}

type Parts = Omit<ForeignPrompt, 'optional'>

/** The paragraphs before the first variable are the instruction. */
function plainParts(text: string): Parts {
  const paragraphs = text.trim().split(/\n[ \t]*\n/u)
  const first = paragraphs.findIndex((one) => placeholders(one).length > 0 || one.includes('<IF '))
  const at = first === -1 ? paragraphs.length : first
  return {
    instruction: paragraphs.slice(0, at).join('\n\n'),
    input: paragraphs.slice(at).join('\n\n'),
    examples: [],
    layout: 'text',
    notes: [],
  }
}

function chatParts(messages: Messages, read: (text: string) => string): Parts {
  const system = messages.filter(({ role }) => role === 'system' || role === 'developer')
  const said = messages.filter((one) => !system.includes(one))
  const last = said.findLastIndex(({ role }) => role === 'user')
  const input = read(said[last]?.content ?? '').trim()
  const examples = examplesIn(said.slice(0, last), input, read)
  const lost = said.length - 1 - 2 * examples.length
  return {
    instruction: system.map(({ content }) => read(content)).join('\n\n'),
    input,
    examples,
    layout: 'chat',
    notes:
      last === -1 || lost <= 0
        ? []
        : [
            `${String(lost)} of the chat’s turns aren’t taken over: they are no examples of the last one.`,
          ],
  }
}

/** Turns before the last question are examples where that is one variable alone. */
function examplesIn(
  turns: Messages,
  input: string,
  read: (text: string) => string,
): readonly Example[] {
  const [name, another] = placeholders(input)
  if (name === undefined || another !== undefined || input !== `<${name}>`) return []
  const isPair = turns.every(({ role }, at) => role === (at % 2 === 0 ? 'user' : 'assistant'))
  const isFixed = turns.every(({ content }) => placeholders(read(content)).length === 0)
  if (!isPair || !isFixed || turns.length % 2 === 1) return []
  return turns.flatMap(({ content }, at): Example[] => {
    const answer = turns[at + 1]
    if (at % 2 === 1 || answer === undefined) return []
    const id = `example-${String(at / 2 + 1)}`
    return [{ id, values: { [name]: content }, output: answer.content, note: '', enabled: true }]
  })
}
