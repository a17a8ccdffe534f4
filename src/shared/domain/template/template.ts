import { z } from 'zod'
import { scope } from '../conversation.ts'
import { bounds, longest, wholeWithin } from '../limits.ts'
import { seed } from '../seed.ts'
import { decoding } from './decoding.ts'
import { outputFormat } from './outputFormat.ts'
import { fillIn, placeholders } from './placeholders.ts'

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

const variableName = z
  .string()
  .regex(/^[A-Z][A-Z0-9_]*$/u, 'Write names of placeholders in capitals, without < and >.')

/** A few-shot template, as stored in its file. The examples are in the order of the prompt. */
export const template = z
  .object({
    /** 2: backslashes and sections mean what `parseText` says. 1: see `keptAsWritten`. */
    schema: z.literal(2).default(2),
    name: z.string().min(1).max(longest.name),
    description: z.string().max(longest.description).default(''),
    /** What the model is asked to do; may contain placeholders. */
    instruction: z.string().max(longest.instruction),
    /** The text of a row in the prompt. Placeholders are `<NAME>` in capitals; see `parseText`. */
    input: z.string().min(1).max(longest.input).default('<INPUT>'),
    /** Name of a placeholder that a row may leave empty → the text in its place, or nothing. */
    optional: z.record(variableName, z.string().max(longest.input)).readonly().default({}),
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

/** What a row has to provide: the placeholders of instruction and input. */
export function variablesOf(template: Pick<Template, 'instruction' | 'input'>): string[] {
  return placeholders(template.input, template.instruction)
}

/** Names of the placeholders that a row has to fill and doesn't: nothing or white space is there. */
export function missingValues(
  template: Pick<Template, 'instruction' | 'input' | 'optional'>,
  values: InputValues,
): string[] {
  return requiredVariables(template).filter((name) => isBlank(values[name]))
}

/** The placeholders that each row has to fill. */
export function requiredVariables({
  optional,
  ...texts
}: Pick<Template, 'instruction' | 'input' | 'optional'>): string[] {
  return variablesOf(texts).filter((name) => optional[name] === undefined)
}

/** What a row brings, with the texts of optional placeholders that it leaves empty. */
export function withDefaults(
  { optional }: Pick<Template, 'optional'>,
  values: InputValues,
): InputValues {
  const empty = Object.entries(optional).filter(([name]) => isBlank(values[name]))
  return empty.length === 0 ? values : { ...values, ...Object.fromEntries(empty) }
}

/** The text of a row or an example in the prompt. */
export function rowText(
  template: Pick<Template, 'input' | 'optional'>,
  values: InputValues,
): string {
  return fillIn(template.input, withDefaults(template, values))
}

function isBlank(value: string | undefined): boolean {
  return value === undefined || value.trim() === ''
}

/** The examples that are on, in their order. */
export function enabledExamples(template: Pick<Template, 'examples'>): readonly Example[] {
  return template.examples.filter(({ enabled }) => enabled)
}
