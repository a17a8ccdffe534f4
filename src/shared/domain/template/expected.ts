import { asNode, isBlankCell, jsonInCell, listInText, readCell } from './expectedCell.ts'
import {
  absentReadings,
  columnReadings,
  fieldReadings,
  joined,
  leafReadings,
  misfit,
  objectReadings,
  unknownField,
  type JudgedByPath,
  type Readings,
} from './expectedObject.ts'
import type { Expected } from './expectedValue.ts'
import { composedName } from './fieldName.ts'
import { isWithin, placedFields, type PlacedField } from './fieldPaths.ts'
import { findObject } from './findObject.ts'
import { answerField, isInList, judgedFields, type JudgedField } from './judgedFields.ts'
import type { OutputFormat } from './outputFormat.ts'
import type { RawExpected, RawValue } from './rawExpected.ts'

export interface ReadExpected {
  /** null where nothing is expected, or where it cannot be read. */
  readonly expected: Expected | null
  /** Why it does not fit the format, and what to do; null if it does. */
  readonly problem: string | null
}

/**
 * Reads what a row expects, by the format of the template that it is tested with.
 *
 * Open text can accept several answers: an array, or ` | ` between them in text (`\\|` is a bar of
 * the answer itself); the whole text is always accepted as well. A list is an array, or its items
 * with ` | ` between them, or else line breaks, semicolons or commas. What is expected as a whole in
 * JSON may contain arrays, but there a bar is a bar. Labels may be spelled with other capitals,
 * yes/no as such. Empty text means: nothing is expected, or, in a field that may be left out, that
 * it is. A field within another has a value of its own under its path, or is in the JSON of the
 * outer one.
 */
export function readExpected(format: OutputFormat, raw: RawExpected): ReadExpected {
  if (typeof raw !== 'string') return asExpected(readFields(format, raw))
  if (format.kind !== 'json') return asExpected(readFields(format, { [answerField]: raw }))
  if (raw.trim() === '') return { expected: null, problem: null }
  const found = findObject(raw)
  return asExpected(
    found.kind === 'object'
      ? objectReadings(format.fields, found.node, judgedByPath(format))
      : misfit('', 'It should be JSON, like {"field": "value"}.'),
  )
}

function asExpected(readings: Readings): ReadExpected {
  if (readings.kind === 'problem') return { expected: null, problem: readings.message }
  const expected = new Map(readings.values)
  return { expected: expected.size === 0 ? null : expected, problem: null }
}

function judgedByPath(format: OutputFormat): JudgedByPath {
  return new Map(judgedFields(format).map((field) => [field.name, field]))
}

type RawFields = Exclude<RawExpected, string>

function readFields(format: OutputFormat, raw: RawFields): Readings {
  const judged = judgedByPath(format)
  const placed = format.kind === 'json' ? placedFields(format.fields) : []
  const values = Object.entries(raw).map(([name, value]) => [composedName(name), value] as const)
  const found = values.map(([path, value]): Readings => {
    const field = judged.get(path)
    if (field !== undefined) return readLeaf(field, value, values)
    const outer = placed.find((one) => one.path === path)
    if (outer !== undefined) return readOuter(outer, value, judged)
    return unknownField(path, [...judged.keys()])
  })
  return joined(found)
}

type PathValues = readonly (readonly [path: string, value: RawValue])[]

function readLeaf(field: JudgedField, value: RawValue, all: PathValues): Readings {
  if (isBlankCell(value)) {
    const isAbsent = field.optional || field.above.some((one) => isLeftOut(one, all))
    return isAbsent ? leafReadings(field, { kind: 'absent' }) : nothing
  }
  if (!isInList(field)) return leafReadings(field, readCell(field, value))
  return columnReadings(field, typeof value === 'string' ? listInText(value) : asNode(value))
}

const nothing: Readings = { kind: 'read', values: [] }

/** Whether an outer field that may be left out should be: nothing is expected within it. */
function isLeftOut({ path, field }: PlacedField, all: PathValues): boolean {
  return (
    field.optional && all.every(([other, value]) => !isWithin(other, path) || isBlankCell(value))
  )
}

/** A field with fields of its own, in one cell. */
function readOuter({ path, field }: PlacedField, value: RawValue, judged: JudgedByPath): Readings {
  if (!isBlankCell(value)) return fieldReadings(field, jsonInCell(value), judged, path)
  return field.optional ? absentReadings(path, judged) : nothing
}
