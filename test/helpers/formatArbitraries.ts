import fc from 'fast-check'
import { nameProblem } from '../../src/shared/domain/template/fieldName.ts'
import { mostItems } from '../../src/shared/domain/template/grammar.ts'
import {
  mostLevels,
  type FieldType,
  type FieldValue,
  type ItemType,
  type ItemValue,
  type ObjectValue,
  type OutputField,
  type OutputFormat,
  type OutputValue,
} from '../../src/shared/domain/template/outputFormat.ts'

// Formats and values of them, for property tests.

/** Text with what is difficult in JSON and grammars, without lone surrogates. */
export const awkwardText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.string({
    unit: fc.constantFrom(...Array.from('"\\|[]{}()^-*?é😀“”\'\n\t \u0001ab')),
    maxLength: 12,
  }),
)

/** Labels without surrounding white space, as templates must have. */
const label = awkwardText
  .map((text) => text.replace(/[\r\n]/gu, ' ').trim())
  .filter((text) => text !== '')
const labels = fc.uniqueArray(label, { minLength: 1, maxLength: 5 })
/** Names of fields in any letters, in Unicode's composed form as formats have them. */
export const name = fc
  .oneof(
    fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_-]{0,8}$/u),
    fc.string({ unit: fc.constantFrom(...Array.from("aé日付ß😀 -_/'()[]{}<>:,%٣")), maxLength: 8 }),
  )
  .map((one) => one.normalize('NFC').trim())
  .filter((one) => nameProblem(one) === null)

const itemType: fc.Arbitrary<ItemType> = fc.oneof(
  fc.constant({ kind: 'text' as const, hint: '' }),
  fc.record({ kind: fc.constant('number' as const), integer: fc.boolean() }),
  fc.constant({ kind: 'boolean' as const }),
  fc.record({ kind: fc.constant('label' as const), labels }),
)
/** The types of fields of a level, from 1; those of the last have no fields of their own. */
function typeAt(level: number): fc.Arbitrary<FieldType> {
  const simple = [
    { weight: 3, arbitrary: itemType },
    { weight: 1, arbitrary: itemType.map((item) => ({ kind: 'list' as const, item })) },
  ]
  if (level === mostLevels) return fc.oneof(...simple)
  const object = fieldsAt(level + 1, 3).map((fields) => ({ kind: 'object' as const, fields }))
  const objects = object.map((item) => ({ kind: 'list' as const, item }))
  return fc.oneof(...simple, { weight: 1, arbitrary: object }, { weight: 1, arbitrary: objects })
}

function fieldsAt(level: number, maxLength: number): fc.Arbitrary<readonly OutputField[]> {
  return fc.uniqueArray(fc.record({ name, optional: fc.boolean(), type: typeAt(level) }), {
    selector: (field) => field.name,
    minLength: 1,
    maxLength,
  })
}

export const labelFormat = labels.map((all): OutputFormat => ({ kind: 'label', labels: all }))
export const jsonFormat: fc.Arbitrary<Extract<OutputFormat, { kind: 'json' }>> = fieldsAt(1, 5).map(
  (fields) => ({ kind: 'json', fields }),
)

/** A format that a grammar can force, and a value of it. */
export const formatAndValue: fc.Arbitrary<readonly [OutputFormat, OutputValue]> = fc
  .oneof({ weight: 1, arbitrary: labelFormat }, { weight: 4, arbitrary: jsonFormat })
  .chain((format) => valueOf(format).map((value) => [format, value] as const))

export function valueOf(format: OutputFormat): fc.Arbitrary<OutputValue> {
  if (format.kind === 'text') return awkwardText
  if (format.kind === 'label') return fc.constantFrom(...format.labels)
  return objectValue(format.fields)
}

export function objectValue(fields: readonly OutputField[]): fc.Arbitrary<ObjectValue> {
  const entries = fields.map(({ name: field, optional, type }) => {
    const value = fieldValue(type).map((one): readonly [string, FieldValue] => [field, one])
    return optional ? fc.option(value, { nil: null }) : value
  })
  return fc
    .tuple(...entries)
    .map((found) => Object.fromEntries(found.flatMap((entry) => (entry === null ? [] : [entry]))))
}

function fieldValue(type: FieldType): fc.Arbitrary<FieldValue> {
  if (type.kind === 'object') return objectValue(type.fields)
  if (type.kind !== 'list') return itemValue(type)
  const { item } = type
  if (item.kind === 'object') return fc.array(objectValue(item.fields), { maxLength: 3 })
  return fc.oneof(
    fc.array(itemValue(item), { maxLength: 4 }),
    fc.array(itemValue(item), { minLength: mostItems, maxLength: mostItems }),
  )
}

function itemValue(type: ItemType): fc.Arbitrary<ItemValue> {
  switch (type.kind) {
    case 'text':
      return awkwardText
    case 'boolean':
      return fc.boolean()
    case 'label':
      return fc.constantFrom(...type.labels)
    case 'number':
      return type.integer
        ? fc.integer({ min: -999_999_999_999_999, max: 999_999_999_999_999 })
        : fc
            .double({ noNaN: true, min: -1e99, max: 1e99 })
            .filter((one) => one === 0 || Math.abs(one) > 1e-99)
            // JSON does not distinguish -0 from 0.
            .map((one) => one + 0)
  }
}
