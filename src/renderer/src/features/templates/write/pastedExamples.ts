import Papa from 'papaparse'
import type { Example, InputValues } from '../../../../../shared/domain/template/template.ts'
import { newExample } from './exampleEdits.ts'

/** A pasted row, and why it can't become an example. */
export interface PastedRow {
  /** Number of the line or row, from 1. */
  readonly place: number
  readonly values: InputValues
  readonly output: string
  readonly note: string
  readonly problem: string | null
}

const outputNames = ['output', 'expected', 'answer', 'label', 'completion']
const noteNames = ['note', 'comment']

/**
 * Parses examples from a table (copied from a spreadsheet, or CSV) or from JSON (JSON lines or an
 * array). Columns are found by their names; without names they are the inputs, the answer and a
 * note.
 *
 * @param variables names of the template's placeholders
 */
export function readPasted(text: string, variables: readonly string[]): readonly PastedRow[] {
  const trimmed = text.trim()
  if (trimmed === '') return []
  if (trimmed.startsWith('[')) return readArray(trimmed, variables)
  return trimmed.startsWith('{') ? readJsonLines(text, variables) : readTable(text, variables)
}

export function examplesOf(rows: readonly PastedRow[]): readonly Example[] {
  return rows
    .filter(({ problem }) => problem === null)
    .map(({ values, output, note }) => ({ ...newExample(values, output), note }))
}

function readArray(text: string, variables: readonly string[]): readonly PastedRow[] {
  const items = parsed(text)
  if (!Array.isArray(items))
    return [broken(1, 'This is not JSON. Look for a missing bracket or comma.')]
  return items.map((item: unknown, index) => rowOfJson(index + 1, item, variables))
}

function readJsonLines(text: string, variables: readonly string[]): readonly PastedRow[] {
  return text.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return []
    const item = parsed(line)
    return item === undefined
      ? [broken(index + 1, 'This line is not JSON. Each line must be an object of its own.')]
      : [rowOfJson(index + 1, item, variables)]
  })
}

function rowOfJson(place: number, item: unknown, variables: readonly string[]): PastedRow {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) {
    return broken(place, 'This is not an object with an input and an output.')
  }
  const fields = new Map(
    Object.entries(item).map(([name, value]) => [name.toLowerCase(), textOf(value)]),
  )
  const find = (names: readonly string[]): string | undefined =>
    names.map((name) => fields.get(name)).find((value) => value !== undefined)
  return checked({
    place,
    values: Object.fromEntries(
      variables.map((name) => [name, fields.get(name.toLowerCase()) ?? '']),
    ),
    output: find(outputNames) ?? '',
    note: find(noteNames) ?? '',
  })
}

function readTable(text: string, variables: readonly string[]): readonly PastedRow[] {
  // Cells copied from a spreadsheet are separated by tabs, which the library fails to detect if
  // rows differ in length.
  const delimiter = text.trimStart().split('\n')[0]?.includes('\t') === true ? '\t' : ''
  const { data } = Papa.parse<string[]>(text, { delimiter, skipEmptyLines: 'greedy' })
  const [first = [], ...rest] = data
  const heads = first.map((cell) => cell.trim().toLowerCase())
  const known = [...variables.map((name) => name.toLowerCase()), ...outputNames]
  const named = heads.filter((head) => known.includes(head)).length >= Math.min(2, heads.length)
  const columns = named ? heads : [...variables.map((name) => name.toLowerCase()), 'output', 'note']
  const at = (names: readonly string[]): number => columns.findIndex((one) => names.includes(one))
  const cell = (cells: readonly string[], names: readonly string[]): string =>
    cells[at(names)]?.trim() ?? ''
  return (named ? rest : data).map((cells, index) =>
    checked({
      place: index + (named ? 2 : 1),
      values: Object.fromEntries(
        variables.map((name) => [name, cell(cells, [name.toLowerCase()])]),
      ),
      output: cell(cells, outputNames),
      note: cell(cells, noteNames),
    }),
  )
}

function checked(row: Omit<PastedRow, 'problem'>): PastedRow {
  const missing = Object.entries(row.values).find(([, value]) => value === '')?.[0]
  const problem =
    missing !== undefined
      ? `There is nothing for <${missing}>.`
      : row.output === ''
        ? 'There is no answer.'
        : null
  return { ...row, problem }
}

function broken(place: number, problem: string): PastedRow {
  return { place, values: {}, output: '', note: '', problem }
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value
  if (value === null || value === undefined) return ''
  // On one line and with spaces, like examples in templates.
  return JSON.stringify(value, null, 1)
    .replace(/\n\s*/gu, ' ')
    .replace(/([{[]) /gu, '$1')
    .replace(/ ([}\]])/gu, '$1')
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
