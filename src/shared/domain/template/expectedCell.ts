import { checkValue } from './checkValue.ts'
import type { ExpectedValue } from './expectedValue.ts'
import type { JudgedField } from './judgedFields.ts'
import { jsonInText } from './jsonShape.ts'
import type { LeafType } from './outputFormat.ts'
import type { RawValue } from './rawExpected.ts'
import { readJson, type JsonNode } from './readJson.ts'
import { unusableExpected } from './usableExpected.ts'

interface Problem {
  readonly kind: 'problem'
  readonly why: string
}
type Reading = ExpectedValue | Problem
type Judged = Pick<JudgedField, 'type' | 'measure'>

/** A value of its own: a cell of a table, or what a line of JSON holds for the field. */
export function readCell(field: JudgedField, raw: RawValue): Reading {
  return usable(field, cellOf(field, raw))
}

function cellOf({ type, measure }: JudgedField, raw: RawValue): Reading {
  if (typeof raw !== 'string') return valueOf({ type, measure }, asNode(raw))
  if (type.kind === 'list') return readNode(type, listInText(raw))
  if (measure.kind === 'one-of') return readSeveral(type, raw)
  if (type.kind !== 'text') return readNode(type, asNode(raw))
  // A bar is a sign of patterns, and of JSON.
  const isWhole = measure.kind === 'pattern' || measure.kind === 'json-shape'
  return { kind: 'accepted', texts: isWhole ? [raw.trim()] : acceptedTexts(raw) }
}

/** A value in JSON. */
export function readValue(field: JudgedField, node: JsonNode): Reading {
  return usable(field, valueOf(field, node))
}

function valueOf({ type, measure }: Judged, node: JsonNode): Reading {
  if (measure.kind !== 'one-of' || node.kind !== 'list' || type.kind === 'list') {
    return readNode(type, node)
  }
  return anyOf(node.items.map((item) => readNode(type, item)))
}

/** The items of a cell, each of which will do, and the whole cell if it is a value. */
function readSeveral(type: LeafType, raw: string): Reading {
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

function usable({ measure }: Judged, reading: Reading): Reading {
  const why = reading.kind === 'accepted' ? unusableExpected(measure, reading.texts) : null
  return why === null ? reading : { kind: 'problem', why }
}

function readNode(type: LeafType, node: JsonNode): Reading {
  if (type.kind !== 'text' || node.kind !== 'list' || node.items.length === 0) {
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
export function listInText(text: string): JsonNode {
  const reading = text.trimStart().startsWith('[') ? readJson(text) : null
  return reading?.ok === true ? reading.node : asNode(itemsIn(text))
}

/** The JSON in a cell, or its text. */
export function jsonInCell(raw: RawValue): JsonNode {
  if (typeof raw !== 'string') return asNode(raw)
  return jsonInText(raw) ?? asNode(raw)
}

function itemsIn(text: string): readonly string[] {
  const [bars, ...others] = itemSeparators
  if (bars?.test(text) === true) return atBars(text)
  const found = others.find((separator) => separator.test(text.trim()))
  if (found === undefined) return atBars(text)
  return text.split(found).flatMap((part) => (part.trim() === '' ? [] : [part.trim()]))
}

export function isBlankCell(raw: RawValue): boolean {
  return raw === null || (typeof raw === 'string' && raw.trim() === '')
}

export function asNode(value: RawValue): JsonNode {
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
