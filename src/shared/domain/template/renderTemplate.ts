import { describeFormat } from './describeFormat.ts'
import { fillIn } from './placeholders.ts'
import { rowText, withDefaults, type Example, type InputValues, type Template } from './template.ts'

/** A passage of the library as it appears in a prompt. */
export interface PromptSource {
  /** As in `[n]`; 1 is the best. */
  readonly number: number
  readonly title: string
  readonly text: string
}

/** What a piece of a prompt is; `example` and `source` are named by their id or number. */
export type PromptPartKind =
  | { readonly kind: 'instruction' }
  | { readonly kind: 'format' }
  | { readonly kind: 'example'; readonly id: string }
  | { readonly kind: 'source'; readonly number: number }
  | { readonly kind: 'input' }
  /** What joins the others: headings, blank lines. */
  | { readonly kind: 'frame' }

export type PromptPart = PromptPartKind & {
  readonly message: 'system' | 'user' | 'assistant'
  readonly text: string
}

/** A prompt in chat form (see the port of the language model), and the pieces it is made of. */
export interface RenderedTemplate {
  readonly system: string
  readonly history: readonly { readonly user: string; readonly assistant: string }[]
  readonly user: string
  /** In the order of the prompt; the texts of each message add up to that message. */
  readonly parts: readonly PromptPart[]
}

export interface RenderInput {
  readonly template: Pick<Template, 'instruction' | 'input' | 'optional' | 'format' | 'layout'>
  /** Those that are in the prompt, in their order. */
  readonly examples: readonly Example[]
  readonly sources: readonly PromptSource[]
  readonly values: InputValues
}

/**
 * Writes the prompt of one row. What is the same for all rows comes first (instruction, format,
 * examples), so that a model reads it once per run; then the sources, then the row.
 */
export function renderTemplate({ values, ...input }: RenderInput): RenderedTemplate {
  const filled = withDefaults(input.template, values)
  return renderWith(input, (text) => fillIn(text, filled))
}

/**
 * The same with texts of the template that are filled in another way.
 *
 * @param fill makes the instruction, or the input of the row, from the text in the template.
 */
export function renderWith(
  { template, examples, sources }: Omit<RenderInput, 'values'>,
  fill: (text: string) => string,
): RenderedTemplate {
  const system = systemParts(template, fill)
  const asChat = template.layout === 'chat'
  const turns = asChat ? examples.map((one) => exampleTurn(template, one)) : []
  const shown = asChat ? [] : examples.flatMap((one) => exampleText(template, one))
  const row = fill(template.input)
  const user: readonly PromptPart[] = [
    ...shown,
    ...sourceParts(sources),
    inUser({ kind: 'input' }, asChat ? row : `Input: ${row}\nOutput:`),
  ]
  const history = turns.map(([question, answer]) => ({
    user: question.text,
    assistant: answer.text,
  }))
  return {
    system: joined(system),
    history,
    user: joined(user),
    parts: [...system, ...turns.flat(), ...user],
  }
}

function systemParts(
  { instruction, format }: RenderInput['template'],
  fill: (text: string) => string,
): readonly PromptPart[] {
  const texts = [
    { kind: 'instruction' as const, text: fill(instruction).trim() },
    { kind: 'format' as const, text: describeFormat(format) },
  ].filter(({ text }) => text !== '')
  return texts.flatMap(({ kind, text }, index): PromptPart[] => [
    ...(index === 0 ? [] : [{ kind: 'frame' as const, message: 'system' as const, text: '\n' }]),
    { kind, message: 'system', text },
  ])
}

function exampleText(template: RenderInput['template'], one: Example): PromptPart[] {
  return [
    inUser(
      { kind: 'example', id: one.id },
      `Input: ${rowText(template, one.values)}\nOutput: ${one.output}`,
    ),
    inUser({ kind: 'frame' }, '\n\n'),
  ]
}

function exampleTurn(template: RenderInput['template'], one: Example): [PromptPart, PromptPart] {
  const part = { kind: 'example' as const, id: one.id }
  return [
    { ...part, message: 'user', text: rowText(template, one.values) },
    { ...part, message: 'assistant', text: one.output },
  ]
}

function sourceParts(sources: readonly PromptSource[]): PromptPart[] {
  if (sources.length === 0) return []
  return [
    inUser({ kind: 'frame' }, 'Sources:\n'),
    ...sources.flatMap(({ number, title, text }) => [
      inUser({ kind: 'source', number }, `[${number}] ${title}\n${text}`),
      inUser({ kind: 'frame' }, '\n\n'),
    ]),
  ]
}

function inUser(kind: PromptPartKind, text: string): PromptPart {
  return { ...kind, message: 'user', text }
}

function joined(parts: readonly PromptPart[]): string {
  return parts.map(({ text }) => text).join('')
}
