import { z } from 'zod'
import { scope } from '../conversation.ts'
import { bounds, longest, wholeWithin } from '../limits.ts'
import { seed } from '../seed.ts'
import { decoding } from './decoding.ts'
import { outputFormat } from './outputFormat.ts'

/** The text of one row: `INPUT` and whatever else the template names, by placeholder name. */
export const inputValues = z.record(z.string(), z.string()).readonly()
export type InputValues = z.infer<typeof inputValues>

export const example = z
  .object({
    id: z.string(),
    values: inputValues,
    /** Word for word as the model should have answered. */
    output: z.string().max(longest.output),
    note: z.string().max(longest.note).default(''),
    enabled: z.boolean().default(true),
  })
  .readonly()
export type Example = z.infer<typeof example>

export const templateSources = z
  .object({
    /** Whether the prompt contains passages of the library. */
    retrieve: z.boolean().default(false),
    scope: scope.default({ kind: 'all' }),
    /** How many passages, at most; as many as fit are taken. */
    passages: wholeWithin(bounds.templatePassages).default(3),
  })
  .readonly()
export type TemplateSources = z.infer<typeof templateSources>

/** Which of the examples that are on are in the prompt of a row. */
export const exampleChoice = z.discriminatedUnion('kind', [
  /** All, in their order. */
  z.object({ kind: z.literal('all') }).readonly(),
  z.object({ kind: z.literal('none') }).readonly(),
  /** These, in this order. */
  z.object({ kind: z.literal('ids'), ids: z.array(z.string()).readonly() }).readonly(),
  /** The same draw for every row. */
  z
    .object({
      kind: z.literal('random'),
      count: wholeWithin(bounds.drawnExamples),
      seed,
    })
    .readonly(),
  /** All, in an order drawn by the seed. */
  z.object({ kind: z.literal('shuffled'), seed }).readonly(),
  /** Those whose input is nearest to the row's by the embedder, the nearest last. */
  z.object({ kind: z.literal('nearest'), count: wholeWithin(bounds.nearestExamples) }).readonly(),
  /** One of each label, then those that are least like the ones before; the same for every row. */
  z.object({ kind: z.literal('varied'), count: wholeWithin(bounds.nearestExamples) }).readonly(),
])
export type ExampleChoice = z.infer<typeof exampleChoice>

/** A few-shot template, as stored in its file. The examples are in the order of the prompt. */
export const template = z
  .object({
    schema: z.literal(1).default(1),
    name: z.string().min(1).max(longest.name),
    description: z.string().max(longest.description).default(''),
    /** What the model is asked to do; may contain placeholders. */
    instruction: z.string().max(longest.instruction),
    /** The text of a row in the prompt. Placeholders are `<NAME>` in capitals. */
    input: z.string().min(1).max(longest.input).default('<INPUT>'),
    format: outputFormat,
    examples: z.array(example).max(20_000).readonly().default([]),
    choice: exampleChoice.default({ kind: 'all' }),
    /** As `Input: …` and `Output: …` in one message, or as turns of a chat. */
    layout: z.enum(['text', 'chat']).default('text'),
    decoding: decoding.prefault({}),
    sources: templateSources.prefault({}),
  })
  .readonly()
export type Template = z.infer<typeof template>

/** With a backslash before it, it is a tag that is in the prompt as it is. */
const placeholder = /\\?<([A-Z][A-Z0-9_]*)>/gu

/** Names of the placeholders in texts, each once, in order of appearance. */
export function placeholders(...texts: readonly string[]): string[] {
  const found = texts.flatMap((text) =>
    [...text.matchAll(placeholder)].flatMap(([whole, name = '']) =>
      whole.startsWith('\\') ? [] : [name],
    ),
  )
  return [...new Set(found)]
}

/** What a row has to provide: the placeholders of instruction and input. */
export function variablesOf(template: Pick<Template, 'instruction' | 'input'>): string[] {
  return placeholders(template.input, template.instruction)
}

/** Names of the placeholders for which a row has nothing, or white space only. */
export function missingValues(
  template: Pick<Template, 'instruction' | 'input'>,
  values: InputValues,
): string[] {
  return variablesOf(template).filter((name) => (values[name] ?? '').trim() === '')
}

/**
 * Puts values in place of placeholders. A placeholder without a value stays as it is, and `\<B>`
 * becomes `<B>`.
 */
export function fillIn(text: string, values: InputValues): string {
  // In one pass, so that text inside a value is never taken for a placeholder.
  return text.replace(placeholder, (whole, name: string) =>
    whole.startsWith('\\') ? whole.slice(1) : (values[name] ?? whole),
  )
}

/** The examples that are on, in their order. */
export function enabledExamples(template: Pick<Template, 'examples'>): readonly Example[] {
  return template.examples.filter(({ enabled }) => enabled)
}
