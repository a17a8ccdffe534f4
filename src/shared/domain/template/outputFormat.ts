import { z } from 'zod'
import { longest, mostItems } from '../limits.ts'
import { measure } from './measure.ts'

/** Names of fields are kept to what needs no quoting in any tool that reads the export. */
export const fieldName = z
  .string()
  .regex(
    /^[A-Za-z_][A-Za-z0-9_-]{0,63}$/u,
    'Use letters, digits, _ and -, beginning with a letter.',
  )
  // The one name that sets something else than a field, in JavaScript and in what reads exports.
  .refine((name) => name !== '__proto__', 'Choose another name.')

const label = z.string().min(1).max(longest.label)
/** Twice the same label is reported by `formatProblems`, not refused: a file stays readable. */
const labels = z.array(label).max(mostItems.labels).readonly()

const textType = z.object({
  kind: z.literal('text'),
  hint: z.string().max(longest.hint).default(''),
})
const numberType = z.object({ kind: z.literal('number'), integer: z.boolean().default(false) })
const booleanType = z.object({ kind: z.literal('boolean') })
const labelType = z.object({ kind: z.literal('label'), labels })

export const itemType = z.discriminatedUnion('kind', [textType, numberType, booleanType, labelType])
/** What a single value can be. */
export type ItemType = Readonly<z.infer<typeof itemType>>

export const fieldType = z.discriminatedUnion('kind', [
  textType,
  numberType,
  booleanType,
  labelType,
  z.object({ kind: z.literal('list'), item: itemType }),
])
export type FieldType = Readonly<z.infer<typeof fieldType>>

export const outputField = z
  .object({
    name: fieldName,
    optional: z.boolean().default(false),
    type: fieldType,
    /** Missing: equal. */
    measure: measure.optional(),
  })
  .readonly()
export type OutputField = z.infer<typeof outputField>

/**
 * What an answer has to look like. The description in the prompt, the grammar, the check and the
 * metrics all come from this one definition.
 */
export const outputFormat = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), measure: measure.optional() }).readonly(),
  z.object({ kind: z.literal('label'), labels, measure: measure.optional() }).readonly(),
  z
    .object({ kind: z.literal('json'), fields: z.array(outputField).max(100).readonly() })
    .readonly(),
])
export type OutputFormat = z.infer<typeof outputFormat>

export type ItemValue = string | number | boolean
export type FieldValue = ItemValue | readonly ItemValue[]
/** A value of a format: text and label are strings, JSON is its fields. */
export type OutputValue = string | Readonly<Record<string, FieldValue>>
