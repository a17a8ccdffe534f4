import { labelWords } from './labels.ts'
import { otherType } from './checkValue.ts'
import type { ExpectedValue } from './expectedValue.ts'
import { readValue } from './expectedCell.ts'
import { composedName } from './fieldName.ts'
import { pathWithin, placedFields } from './fieldPaths.ts'
import { answerField, listsAbove, type JudgedField } from './judgedFields.ts'
import { shapeOf, type OutputField } from './outputFormat.ts'
import type { JsonNode } from './readJson.ts'

/** What is expected of one or more fields, by their paths. */
export type Readings =
  | { readonly kind: 'read'; readonly values: readonly (readonly [string, ExpectedValue])[] }
  /** A sentence about what does not fit the format. */
  | { readonly kind: 'problem'; readonly message: string }

/** The fields of a format that have a value, by their paths. */
export type JudgedByPath = ReadonlyMap<string, JudgedField>

/** Reads an object as a whole: a field that it lacks is missing, or should be left out. */
export function objectReadings(
  fields: readonly OutputField[],
  node: JsonNode,
  judged: JudgedByPath,
  path = '',
): Readings {
  if (node.kind !== 'object') return misfit(path, otherType('an object', node).message)
  const values = new Map(node.members.map(({ name, value }) => [composedName(name), value]))
  const unknown = [...values.keys()].find((name) => !fields.some((field) => field.name === name))
  if (unknown !== undefined) {
    const known = fields.map(({ name }) => pathWithin(path, name))
    return unknownField(pathWithin(path, unknown), known)
  }
  return joined(
    fields.map((field) =>
      fieldReadings(field, values.get(field.name), judged, pathWithin(path, field.name)),
    ),
  )
}

/** Reads a field, which may have fields of its own. @param node undefined: there is none. */
export function fieldReadings(
  field: OutputField,
  node: JsonNode | undefined,
  judged: JudgedByPath,
  path: string,
): Readings {
  const { type, optional } = field
  if (node === undefined || node.kind === 'null') {
    return optional ? absentReadings(path, judged) : misfit(path, missing)
  }
  const shape = shapeOf(type)
  if (shape.kind === 'object') return objectReadings(shape.fields, node, judged, path)
  if (shape.kind === 'objects') return listReadings(shape.fields, node, judged, path)
  const own = judged.get(path)
  return own === undefined ? misfit(path, missing) : leafReadings(own, readValue(own, node))
}

/** A reading of a field as readings. */
export function leafReadings(
  { name }: JudgedField,
  reading: ExpectedValue | { readonly kind: 'problem'; readonly why: string },
): Readings {
  return reading.kind === 'problem'
    ? misfit(name, reading.why)
    : { kind: 'read', values: [[name, reading]] }
}

/** All that is within a path, and should be left out with it. */
export function absentReadings(path: string, judged: JudgedByPath): Readings {
  const within = [...judged.values()].filter(
    ({ name, above }) => name === path || above.some((one) => one.path === path),
  )
  return { kind: 'read', values: within.map(({ name }) => [name, { kind: 'absent' }]) }
}

/** The items of a list of objects; what is read of each is put together by field. */
function listReadings(
  fields: readonly OutputField[],
  node: JsonNode,
  judged: JudgedByPath,
  path: string,
): Readings {
  if (node.kind !== 'list') return misfit(path, otherType('a list of objects', node).message)
  const items: ReadonlyMap<string, ExpectedValue>[] = []
  for (const [index, item] of node.items.entries()) {
    const readings = objectReadings(fields, item, judged, path)
    if (readings.kind === 'problem') {
      return { ...readings, message: `${readings.message} It is item ${String(index + 1)}.` }
    }
    items.push(new Map(readings.values))
  }
  const names = placedFields(fields).map((one) => pathWithin(path, one.path))
  return {
    kind: 'read',
    values: names
      .filter((name) => judged.has(name))
      .map((name) => {
        const own = items.map((item): ExpectedValue => item.get(name) ?? { kind: 'absent' })
        return [name, { kind: 'items', items: own }]
      }),
  }
}

/**
 * Reads what one field of a list of objects has in each item: a list, or a list of lists where the
 * list is in another one.
 */
export function columnReadings(field: JudgedField, node: JsonNode): Readings {
  const reading = columnOf(field, node, listsAbove(field))
  return leafReadings(field, reading)
}

type ColumnReading = ReturnType<typeof readValue>

function columnOf(field: JudgedField, node: JsonNode, lists: number): ColumnReading {
  if (lists === 0) {
    if (node.kind !== 'null') return readValue(field, node)
    return field.optional ? { kind: 'absent' } : { kind: 'problem', why: missing }
  }
  if (node.kind !== 'list') return { kind: 'problem', why: otherType('a list', node).message }
  const items: ExpectedValue[] = []
  for (const item of node.items) {
    const reading = columnOf(field, item, lists - 1)
    if (reading.kind === 'problem') return reading
    items.push(reading)
  }
  return { kind: 'items', items }
}

const missing = 'It is missing.'

export function joined(all: readonly Readings[]): Readings {
  const problem = all.find(({ kind }) => kind === 'problem')
  if (problem !== undefined) return problem
  return { kind: 'read', values: all.flatMap((one) => (one.kind === 'read' ? one.values : [])) }
}

export function unknownField(path: string, known: readonly string[]): Readings {
  const message = `What is expected names the field “${path}”, but the template has: ${labelWords(known)}.`
  return { kind: 'problem', message }
}

/** @param path '' is the whole */
export function misfit(path: string, why: string): Readings {
  const what =
    path === '' || path === answerField ? 'What is expected' : `What is expected in “${path}”`
  return { kind: 'problem', message: `${what} does not fit the template. ${why}` }
}
