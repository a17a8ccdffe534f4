import type { RawExpected } from './rawExpected.ts'
import { checkValue } from './checkValue.ts'
import { findObject } from './findObject.ts'
import { labelWords } from './labels.ts'
import { answerField, judgedFields, type JudgedField } from './judgedFields.ts'
import { unusableExpected } from './usableExpected.ts'
import type { FieldType, FieldValue, OutputFormat } from './outputFormat.ts'
import { readJson, type JsonNode } from './readJson.ts'

export type ExpectedValue =
  /** Open text: any of these will do. */
  | { readonly kind: 'accepted'; readonly texts: readonly string[] }
  | { readonly kind: 'value'; readonly value: FieldValue }
  /** Any of these values will do. */
  | { readonly kind: 'values'; readonly values: readonly FieldValue[] }
  /** A field that should be left out. */
  | { readonly kind: 'absent' }

/**
 * What is expected, field by field. A field that is not named is not judged. A format without
 * fields has the one field `answer`.
 */
export type Expected = ReadonlyMap<string, ExpectedValue>

export interface ReadExpected {
  /** null where nothing is expected, or where it cannot be read. */
  readonly expected: Expected | null
  /** Why it does not fit the format, and what to do; null if it does. */
  readonly problem: string | null
}

interface Problem {
  readonly kind: 'problem'
  readonly why: string
}
type Reading = ExpectedValue | Problem
type RawValue = Exclude<RawExpected, string>[string]

/**
 * Reads what a row expects, by the format of the template that it is tested with.
 *
 * Open text can accept several answers: an array, or ` | ` between them in text (`\|` is a bar of
 * the answer itself); the whole text is always accepted as well. A list is an array, or its items with ` | ` between them, or else line
 * breaks, semicolons or commas. What is expected as
 * a whole in JSON may contain arrays, but there a bar is a bar. Labels may be spelled with other
 * capitals, yes/no as such. Empty text means: nothing is expected, or, in a field that may be left
 * out, that it is.
 */
export function readExpected(format: OutputFormat, raw: RawExpected): ReadExpected {
  const fields = judgedFields(format)
  if (typeof raw !== 'string') return readFields(fields, raw)
  return format.kind === 'json'
    ? readWhole(fields, raw)
    : readFields(fields, { [answerField]: raw })
}

/** The values that would be right; none if the field should be left out. */
export function acceptedValues(wanted: ExpectedValue): readonly FieldValue[] {
  switch (wanted.kind) {
    case 'accepted':
      return wanted.texts
    case 'value':
      return [wanted.value]
    case 'values':
      return wanted.values
    case 'absent':
      return []
  }
}

/**
 * An answer that would be right, of several accepted ones the first, by field. What a pattern is matched
 * against can't be known from it.
 */
export function answersOf(
  format: OutputFormat,
  expected: Expected,
): ReadonlyMap<string, FieldValue> {
  return new Map(
    judgedFields(format).flatMap(({ name, measure }): [string, FieldValue][] => {
      const wanted = expected.get(name)
      const [first] = wanted === undefined ? [] : acceptedValues(wanted)
      return first === undefined || measure.kind === 'pattern' ? [] : [[name, first]]
    }),
  )
}

function readFields(
  fields: readonly JudgedField[],
  raw: Exclude<RawExpected, string>,
): ReadExpected {
  const expected = new Map<string, ExpectedValue>()
  for (const [name, value] of Object.entries(raw)) {
    const field = fields.find((one) => one.name === name)
    if (field === undefined) return unknownField(name, fields)
    const reading = usable(field, readCell(field, value))
    if (reading.kind === 'problem') return failed(name, reading.why)
    if (reading.kind !== 'none') expected.set(name, reading)
  }
  return { expected: expected.size === 0 ? null : expected, problem: null }
}

function readWhole(fields: readonly JudgedField[], raw: string): ReadExpected {
  if (raw.trim() === '') return { expected: null, problem: null }
  const found = findObject(raw)
  if (found.kind !== 'object') {
    return failed(null, 'It should be JSON, like {"field": "value"}.')
  }
  const values = new Map(found.node.members.map(({ name, value }) => [name, value]))
  for (const name of values.keys()) {
    if (!fields.some((field) => field.name === name)) return unknownField(name, fields)
  }
  const expected = new Map<string, ExpectedValue>()
  for (const field of fields) {
    const { name, optional } = field
    const node = values.get(name)
    const absent = node === undefined || node.kind === 'null'
    if (absent && !optional) return failed(name, 'It is missing.')
    const reading = absent ? ({ kind: 'absent' } as const) : usable(field, readValue(field, node))
    if (reading.kind === 'problem') return failed(name, reading.why)
    expected.set(name, reading)
  }
  return { expected, problem: null }
}

/** A value of its own: a cell of a table, or what a line of JSON holds for the field. */
function readCell(field: JudgedField, raw: RawValue): Reading | { kind: 'none' } {
  const { type, optional, measure } = field
  if (typeof raw !== 'string') return readValue(field, asNode(raw))
  if (raw.trim() === '') return { kind: optional ? 'absent' : 'none' }
  if (type.kind === 'list') return readNode(type, listInText(raw))
  if (measure.kind === 'one-of') return readSeveral(type, raw)
  if (type.kind !== 'text') return readNode(type, asNode(raw))
  // A bar is a sign of patterns, and of JSON.
  const isWhole = measure.kind === 'pattern' || measure.kind === 'json-shape'
  return { kind: 'accepted', texts: isWhole ? [raw.trim()] : acceptedTexts(raw) }
}

function readValue({ type, measure }: JudgedField, node: JsonNode): Reading {
  if (measure.kind !== 'one-of' || node.kind !== 'list' || type.kind === 'list') {
    return readNode(type, node)
  }
  return anyOf(node.items.map((item) => readNode(type, item)))
}

/** The items of a cell, each of which will do, and the whole cell if it is a value. */
function readSeveral(type: FieldType, raw: string): Reading {
  const whole = readNode(type, asNode(raw.trim()))
  const list = listInText(raw)
  const items = list.kind === 'list' ? list.items.map((item) => readNode(type, item)) : []
  const several = anyOf(items)
  if (whole.kind === 'problem') return several
  return anyOf(several.kind === 'problem' ? [whole] : [...items, whole])
}

function anyOf(readings: readonly Reading[]): Reading {
  const problem = readings.find(({ kind }) => kind === 'problem')
  if (problem !== undefined) return problem
  const texts = readings.flatMap((one) => (one.kind === 'accepted' ? one.texts : []))
  if (texts.length > 0) return { kind: 'accepted', texts: [...new Set(texts)] }
  const values = readings.flatMap((one) => (one.kind === 'value' ? [one.value] : []))
  if (values.length === 0) return { kind: 'problem', why: 'It should name at least one answer.' }
  return { kind: 'values', values: [...new Set(values)] }
}

function usable<T extends Reading | { kind: 'none' }>(field: JudgedField, reading: T): T | Problem {
  const why = reading.kind === 'accepted' ? unusableExpected(field.measure, reading.texts) : null
  return why === null ? reading : { kind: 'problem', why }
}

function readNode(type: FieldType, node: JsonNode): Reading {
  const several = type.kind === 'text' && node.kind === 'list' && node.items.length > 0
  if (!several) {
    const check = checkValue(type, node)
    if (check.value === null) return { kind: 'problem', why: check.problem.message }
    return type.kind === 'text'
      ? { kind: 'accepted', texts: [String(check.value)] }
      : { kind: 'value', value: check.value }
  }
  const check = checkValue({ kind: 'list', item: type }, node)
  return check.value === null
    ? { kind: 'problem', why: check.problem.message }
    : { kind: 'accepted', texts: [check.value].flat().map(String) }
}

/** A comma between digits belongs to a number. */
const itemSeparators = [/\s\|\s/u, /\n/u, /;/u, /(?<!\d),|,(?!\d)/u]

/** A list in a cell: JSON if it looks like it, else the items between the first kind of sign in it. */
function listInText(text: string): JsonNode {
  const reading = text.trimStart().startsWith('[') ? readJson(text) : null
  return reading?.ok === true ? reading.node : asNode(itemsIn(text))
}

function itemsIn(text: string): readonly string[] {
  const [bars, ...others] = itemSeparators
  if (bars?.test(text) === true) return atBars(text)
  const found = others.find((separator) => separator.test(text.trim()))
  if (found === undefined) return atBars(text)
  return text.split(found).flatMap((part) => (part.trim() === '' ? [] : [part.trim()]))
}

function asNode(value: RawValue): JsonNode {
  const reading = readJson(JSON.stringify(value))
  // What JSON.stringify wrote is JSON, unless a number is none.
  return reading.ok ? reading.node : { kind: 'null', start: 0, end: 0 }
}

/**
 * The answers between the bars, and the whole as it is written: the bars may belong to the answer.
 * A row of a Markdown table is only itself.
 */
function acceptedTexts(text: string): readonly string[] {
  const whole = text.trim()
  if (/^\|.*\|$/su.test(whole)) return [whole]
  return [...new Set([...atBars(text), whole])]
}

function atBars(text: string): string[] {
  const parts = text.split(/\s\|\s/u).map((part) => part.trim().replaceAll('\\|', '|'))
  return parts.filter((part) => part !== '')
}

function unknownField(name: string, fields: readonly JudgedField[]): ReadExpected {
  const known = labelWords(fields.map((field) => field.name))
  const why = `What is expected names the field “${name}”, but the template has: ${known}.`
  return { expected: null, problem: why }
}

function failed(field: string | null, why: string): ReadExpected {
  const what =
    field === null || field === answerField ? 'What is expected' : `What is expected in “${field}”`
  return { expected: null, problem: `${what} does not fit the template. ${why}` }
}
