import { z } from 'zod'
import { longest, mostItems } from '../limits.ts'
import { fieldName } from './fieldName.ts'
import { measure, type Measure } from './measure.ts'

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

/** What a field without fields of its own can be. */
export type LeafType = ItemType | { readonly kind: 'list'; readonly item: ItemType }

export interface ObjectType {
  readonly kind: 'object'
  readonly fields: readonly OutputField[]
}
export type FieldType =
  ItemType | ObjectType | { readonly kind: 'list'; readonly item: ItemType | ObjectType }

export interface OutputField {
  readonly name: string
  readonly optional: boolean
  readonly type: FieldType
  /** Missing: equal. A field with fields of its own is judged by theirs. */
  readonly measure?: Measure | undefined
}

/** Levels of fields: `order.address.city` is three deep. */
export const mostLevels = 3
export const tooDeep = 'Fields go three levels deep. Move the inner fields one level up.'

const outputFields = fieldsAt(1)

/** The fields of a level, with those below them. */
function fieldsAt(level: number): z.ZodType<readonly OutputField[]> {
  const objectType = z.object({
    kind: z.literal('object'),
    fields:
      level < mostLevels
        ? fieldsAt(level + 1)
        : z.custom<readonly OutputField[]>(() => false, tooDeep),
  })
  const simple = [textType, numberType, booleanType, labelType, objectType] as const
  const listType = z.object({
    kind: z.literal('list'),
    item: z.discriminatedUnion('kind', simple),
  })
  const outputField = z
    .object({
      name: fieldName,
      optional: z.boolean().default(false),
      type: z.discriminatedUnion('kind', [...simple, listType]),
      measure: measure.optional(),
    })
    .readonly()
  return z.array(outputField).max(mostItems.fields).readonly()
}

/**
 * What an answer has to look like. The description in the prompt, the grammar, the check and the
 * metrics all come from this one definition.
 */
export const outputFormat = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), measure: measure.optional() }).readonly(),
  z.object({ kind: z.literal('label'), labels, measure: measure.optional() }).readonly(),
  z.object({ kind: z.literal('json'), fields: outputFields }).readonly(),
])
export type OutputFormat = z.infer<typeof outputFormat>

/** How a field is built: a value, an object with fields, or a list of such objects. */
export type FieldShape =
  | { readonly kind: 'leaf'; readonly type: LeafType }
  | { readonly kind: 'object'; readonly fields: readonly OutputField[] }
  | { readonly kind: 'objects'; readonly fields: readonly OutputField[] }

export function shapeOf(type: FieldType): FieldShape {
  if (type.kind === 'object') return { kind: 'object', fields: type.fields }
  if (type.kind !== 'list') return { kind: 'leaf', type }
  const { item } = type
  return item.kind === 'object'
    ? { kind: 'objects', fields: item.fields }
    : { kind: 'leaf', type: { kind: 'list', item } }
}

export type ItemValue = string | number | boolean
/** The value of a field without fields of its own. */
export type LeafValue = ItemValue | readonly ItemValue[]
export interface ObjectValue {
  readonly [name: string]: FieldValue
}
export type FieldValue = LeafValue | ObjectValue | readonly ObjectValue[]
/** A value of a format: text and label are strings, JSON is its fields. */
export type OutputValue = string | ObjectValue
