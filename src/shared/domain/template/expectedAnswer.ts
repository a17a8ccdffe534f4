import { acceptedValues, type Expected, type ExpectedValue } from './expectedValue.ts'
import { isWithin, pathWithin } from './fieldPaths.ts'
import { answerField, judgedFields, type JudgedField } from './judgedFields.ts'
import {
  shapeOf,
  type FieldValue,
  type ObjectValue,
  type OutputField,
  type OutputFormat,
  type OutputValue,
} from './outputFormat.ts'

/**
 * An answer that would be right, of several accepted ones the first; without the fields of which
 * nothing is expected. What a pattern is matched against can't be known from it.
 *
 * @returns null for a format without fields if its answer isn't known
 */
export function expectedAnswer(format: OutputFormat, expected: Expected): OutputValue | null {
  const known = new Map(judgedFields(format).flatMap((field) => knownOf(field, expected)))
  if (format.kind === 'json') return objectOf(format.fields, '', known)
  const wanted = known.get(answerField)
  const [answer] = wanted === undefined ? [] : acceptedValues(wanted)
  return typeof answer === 'string' ? answer : null
}

function knownOf(
  { name, measure }: JudgedField,
  expected: Expected,
): readonly (readonly [string, ExpectedValue])[] {
  const wanted = expected.get(name)
  return wanted === undefined || measure.kind === 'pattern' ? [] : [[name, wanted]]
}

function objectOf(fields: readonly OutputField[], path: string, known: Expected): ObjectValue {
  return Object.fromEntries(
    fields.flatMap((field): readonly (readonly [string, FieldValue])[] => {
      const value = fieldOf(field, pathWithin(path, field.name), known)
      return value === undefined ? [] : [[field.name, value]]
    }),
  )
}

function fieldOf(
  { type, optional }: OutputField,
  path: string,
  known: Expected,
): FieldValue | undefined {
  const shape = shapeOf(type)
  if (shape.kind === 'leaf') {
    const wanted = known.get(path)
    return wanted === undefined ? undefined : acceptedValues(wanted)[0]
  }
  const within = [...known].filter(([name]) => isWithin(name, path)).map(([, wanted]) => wanted)
  const there = within.filter(({ kind }) => kind !== 'absent')
  if (shape.kind === 'object') {
    const isThere = optional ? there.length > 0 : within.length > 0
    return isThere ? objectOf(shape.fields, path, known) : undefined
  }
  const lengths = there.flatMap((one) => (one.kind === 'items' ? [one.items.length] : []))
  if (lengths.length === 0) return undefined
  return Array.from({ length: Math.max(...lengths) }, (_, index) =>
    objectOf(shape.fields, path, itemOf(known, index)),
  )
}

/** What is expected of one item of a list. */
function itemOf(known: Expected, index: number): Expected {
  return new Map(
    [...known].flatMap(([name, wanted]): readonly (readonly [string, ExpectedValue])[] => {
      const own = wanted.kind === 'items' ? wanted.items[index] : undefined
      return own === undefined ? [] : [[name, own]]
    }),
  )
}
