import { AppError } from '../../../shared/errors.ts'
import { type Cell, columnNames, type Table, type TableRow } from './table.ts'

type JsonObject = Readonly<Record<string, Cell>>

/** A row before all columns are known. */
interface LooseRow {
  readonly place: number
  readonly object: JsonObject | null
  readonly problem: string | null
}

/**
 * Reads a list of objects in JSON, or the only list in an object (`{"examples": […]}`). What is no
 * single JSON value but begins like one is tried as JSON lines.
 *
 * @throws AppError `document-unreadable`.
 */
export function readJsonTable(name: string, text: string): Table {
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
  const entries = listIn(json)
  if (entries === null) {
    throw new AppError(
      'document-unreadable',
      `${name} contains no list of rows. It should look like [{"input": "…", "expected": "…"}].`,
    )
  }
  return asTable(entries.map((entry, index) => looseRow(entry, index + 1)))
}

/** Reads one object per line. A line that isn't an object is a row with a problem. */
export function readJsonLines(text: string): Table {
  const rows: LooseRow[] = []
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue
    rows.push(lineRow(line, index + 1))
  }
  return asTable(rows)
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
  if (!isObject(entry)) {
    return { place, object: null, problem: 'This is no object with named fields.' }
  }
  return { place, object: flat(entry), problem: null }
}

/** Values one level deeper, as in Penknife's own files and those of other tools. */
function flat(entry: JsonObject): JsonObject {
  const { values, vars, ...others } = entry
  return {
    ...(isObject(values) ? values : values === undefined ? {} : { values }),
    ...(isObject(vars) ? vars : vars === undefined ? {} : { vars }),
    ...others,
  }
}

function asTable(rows: readonly LooseRow[]): Table {
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

function listIn(json: Cell): readonly Cell[] | null {
  if (Array.isArray(json)) return json
  if (!isObject(json)) return null
  const lists = Object.values(json).filter((value) => Array.isArray(value))
  return lists.length === 1 ? (lists[0] ?? null) : null
}

function isObject(value: Cell | undefined): value is Record<string, Cell> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
