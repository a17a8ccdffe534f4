import { AppError } from '../../../shared/errors.ts'
import { isRecord } from '../../../shared/domain/isRecord.ts'
import { plainRow } from './plainRow.ts'
import { type Cell, columnNames, type JsonObject, type Table, type TableRow } from './table.ts'

/** A row before all columns are known. */
export interface LooseRow {
  readonly place: number
  readonly object: JsonObject | null
  readonly problem: string | null
}

/**
 * Reads a list of objects in JSON, or the only list in an object (`{"examples": […]}`). What is no
 * single JSON value but begins like one is tried as JSON lines.
 *
 * @param rowsIn the rows of a value; null if it has none.
 * @throws AppError `document-unreadable`.
 */
export function readJsonTable(name: string, text: string, rowsIn = listIn): Table {
  let json: Cell
  try {
    json = JSON.parse(text) as Cell
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    const lines = readJsonLines(text)
    if (lines.rows.some(({ problem }) => problem === null)) return lines
    throw new AppError(
      'document-unreadable',
      `${name} is not JSON: ${error.message}. Mend it, or save the table as CSV.`,
    )
  }
  return jsonTable(name, json, rowsIn)
}

/**
 * The rows of a list of objects, or of the list of rows in an object.
 *
 * @throws AppError `document-unreadable`.
 */
export function jsonTable(name: string, json: Cell, rowsIn = listIn): Table {
  const entries = rowsIn(json)
  if (entries === null) {
    throw new AppError(
      'document-unreadable',
      `${name} contains no list of rows. It should look like [{"input": "…", "expected": "…"}].`,
    )
  }
  return tableOfObjects(entries.map((entry, index) => looseRow(entry, index + 1)))
}

/** Reads one object per line. A line that isn't an object is a row with a problem. */
export function readJsonLines(text: string): Table {
  const rows: LooseRow[] = []
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue
    rows.push(lineRow(line, index + 1))
  }
  return tableOfObjects(rows)
}

function lineRow(line: string, place: number): LooseRow {
  try {
    return looseRow(JSON.parse(line) as Cell, place)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return { place, object: null, problem: `This line is not JSON: ${error.message}.` }
  }
}

function looseRow(entry: Cell, place: number): LooseRow {
  if (typeof entry === 'string') return { place, object: { input: entry }, problem: null }
  if (!isRecord(entry)) {
    return { place, object: null, problem: 'This is no object with named fields.' }
  }
  return { place, ...plainRow(entry) }
}

/** The table of rows of which each names its own columns. */
export function tableOfObjects(rows: readonly LooseRow[]): Table {
  const keys = new Set<string>()
  for (const { object } of rows) {
    for (const key of Object.keys(object ?? {})) keys.add(key)
  }
  const all = [...keys]
  return {
    columns: columnNames(all),
    rows: rows.map(({ place, object, problem }): TableRow => ({
      place,
      cells: all.map((key) =>
        object !== null && Object.hasOwn(object, key) ? (object[key] ?? null) : null,
      ),
      problem,
    })),
    notices: [],
  }
}

/** What other tools call their list of rows, beside lists of prompts and models. */
const listNames = ['tests', 'rows', 'examples', 'data', 'items', 'cases', 'test_cases']

/** A list of rows, or an object that is the only row, as a file of one line has it. */
export function listOrRow(json: Cell): readonly Cell[] | null {
  return listIn(json) ?? (isRecord(json) ? [json] : null)
}

function listIn(json: Cell): readonly Cell[] | null {
  if (Array.isArray(json)) return json
  if (!isRecord(json)) return null
  const lists = Object.entries(json).flatMap(([name, value]) =>
    Array.isArray(value) ? [{ name, value }] : [],
  )
  const named = lists.find(({ name }) => listNames.includes(name.toLowerCase()))
  if (named !== undefined) return named.value
  return lists.length === 1 ? (lists[0]?.value ?? null) : null
}
