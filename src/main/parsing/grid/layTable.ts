import { cellKind, isValue } from './cellKinds.ts'
import { namesField } from './fieldWords.ts'
import { evenGroups, findHeadings, isKeyed, type Headings } from './findHeadings.ts'
import type { Region, WideCell } from './grid.ts'
import { countFilled, firstFilled, isSameRow, mostlyValues, rowsLooked } from './rowCells.ts'
import { barRow, keyedRow, namedRows, type RowText, type TableText } from './tableText.ts'

/** What is known of the table that was read last, in case the next rows continue it. */
export interface ReadTable {
  readonly left: number
  readonly names: readonly string[]
  readonly values: readonly number[]
}

const longestName = 200

const total =
  /^(?:(?:sub|grand|running|net)[\s-]?)?(?:totals?|sums?)\b|^(?:zwischen|end|gesamt)?summen?\b|^gesamt|^insgesamt|^(?:sous[\s-])?tota(?:l|ux)\b|^(?:sub)?total(?:e|es)?\b|^suma\b|^somma\b|^(?:sub)?totaal\b|^(?:del)?summa\b|^(?:итого|всего)|^(?:合计|总计|小计|合計|小計)/iu

/**
 * How rows are written. `named`: each cell with the name of its column, for sheets, whose rows are
 * quoted alone. `bars`: as they are, below their headings, for tables in a text.
 */
export type RowStyle = 'named' | 'bars'

export interface LaidTables {
  readonly tables: readonly TableText[]
  /** The last of them, or the one above if none was read. */
  readonly last: ReadTable | null
}

/**
 * Writes a region as tables: particulars above the headings as they are, and the rows below them.
 * Where new headings follow, a new table begins.
 *
 * @param before the table above in the same columns: rows alike without headings continue it.
 */
export function layTables(region: Region, before: ReadTable | null, style: RowStyle): LaidTables {
  const tables: TableText[] = []
  let last = before
  let at = 0
  while (at < region.rows.length) {
    const headings = findHeadings(region, at)
    if (headings === null) {
      tables.push(withoutHeadings(region, { from: at, to: region.rows.length }, last, style))
      break
    }
    if (headings.from > at) {
      tables.push(withoutHeadings(region, { from: at, to: headings.from }, null, style))
    }
    const names = namesOf(region, headings)
    const values = valueColumns(region, headings.to, region.rows.length)
    const end = nextHeadings(region, headings.to, values)
    tables.push(withHeadings(region, headings, { names, end, style }))
    last = { left: region.left, names, values }
    at = end
  }
  return { tables, last }
}

function withoutHeadings(
  region: Region,
  { from, to }: Headings,
  before: ReadTable | null,
  style: RowStyle,
): TableText {
  const range = { from, to }
  if (style === 'bars') {
    const columns = before?.names.length === region.width ? before.names : []
    return { columns, headings: 0, rows: writeRows(range, (at) => bars(region, at, style)) }
  }
  const names = before === null ? null : continued(region, from, before)
  if (names !== null) {
    return { columns: names, headings: 0, rows: writeRows(range, named(region, names)) }
  }
  const keyed = isKeyed(region, from, to)
  const write = (at: number): RowText => {
    const row = region.rows[at] ?? []
    const isPair = countFilled(row) === 2 && (keyed || firstFilled(row).endsWith(':'))
    return isPair ? keyedRow(row) : bars(region, at, style)
  }
  return { columns: [], headings: 0, rows: writeRows(range, write) }
}

function* writeRows({ from, to }: Headings, write: (at: number) => RowText): Generator<RowText> {
  for (let at = from; at < to; at += 1) yield write(at)
}

function withHeadings(
  region: Region,
  headings: Headings,
  {
    names,
    end,
    style,
  }: { readonly names: readonly string[]; readonly end: number; readonly style: RowStyle },
): TableText {
  const { from, to } = headings
  const head = region.rows[to - 1] ?? []
  const isPlain = (at: number): boolean =>
    style === 'bars' || at < to || isRepeated(region.rows[at] ?? [], head)
  // Headings that name nothing would be nowhere: then their rows are written too.
  const isWritten = style === 'bars' || namesNothing(region, { from: to, to: end }, names)
  const writeNamed = named(region, names)
  return {
    columns: names,
    headings: isWritten ? to - from : 0,
    rows: writeRows({ from: isWritten ? from : to, to: end }, (at) =>
      isPlain(at) ? bars(region, at, style) : writeNamed(at),
    ),
  }
}

function namesNothing({ rows }: Region, { from, to }: Headings, names: readonly string[]): boolean {
  const unused = new Set(names.flatMap((name, column) => (name === '' ? [] : [column])))
  for (let at = from; at < to && unused.size > 0; at += 1) {
    const row = rows[at] ?? []
    if (countFilled(row) < 2) continue
    for (const column of unused) if ((row[column] ?? '') !== '') unused.delete(column)
  }
  return unused.size > 0
}

function bars(region: Region, at: number, style: RowStyle): RowText {
  const row = region.rows[at] ?? []
  return barRow(row, region.wide.get(at), style === 'bars' ? 0 : undefined)
}

/** Writes rows of a region under names. */
function named(region: Region, names: readonly string[]): (at: number) => RowText {
  const writeRow = namedRows(names)
  const hasNames = names.filter((name) => name !== '').length > 1
  return (at) => {
    const row = region.rows[at] ?? []
    const filled = countFilled(row)
    // Alone in its row, a cell is a remark or names the rows below.
    if (filled === 1 && hasNames) return bars(region, at, 'named')
    const first = firstFilled(row)
    if (filled === 2 && first.endsWith(':')) return keyedRow(row)
    return total.test(first) ? writeRow(row, row.indexOf(first)) : writeRow(row)
  }
}

/** The name of each column: its headings from top to bottom, each said once. */
function namesOf(region: Region, { from, to }: Headings): readonly string[] {
  const levels = region.rows.slice(from, to).map((row, index) => {
    const at = from + index
    return at + 1 < to ? spreadGroups(region, at) : spread(row, region.wide.get(at))
  })
  return Array.from({ length: region.width }, (_, column) => {
    const parts = levels.map((row) => row[column] ?? '').filter((part) => part !== '')
    const once = parts.filter((part, index) => part !== parts[index - 1])
    return once.join(' ').replace(/\s*:$/u, '').slice(0, longestName)
  })
}

/** A heading over several columns names each of them. */
function spread(cells: readonly string[], wide: readonly WideCell[] = []): readonly string[] {
  const row = [...cells]
  for (const { from, to } of wide) row.fill(row[from] ?? '', from, to + 1)
  return row
}

/** A banner over its columns: as its spans say, else over the groups that return below it. */
function spreadGroups(region: Region, at: number): readonly string[] {
  const cells = region.rows[at] ?? []
  const wide = region.wide.get(at) ?? []
  if (wide.length > 0) return spread(cells, wide)
  const row = [...cells]
  const starts = evenGroups(region, at, at + 1) ?? []
  starts.forEach((from, index) => row.fill(row[from] ?? '', from, starts[index + 1] ?? row.length))
  return row
}

/** Columns that are mostly figures, dates or flags. */
function valueColumns(region: Region, from: number, to: number): readonly number[] {
  const columns: number[] = []
  for (let column = 0; column < region.width; column += 1) {
    let filled = 0
    let values = 0
    for (let at = from; at < Math.min(to, from + rowsLooked); at += 1) {
      const kind = cellKind(region.rows[at]?.[column] ?? '')
      if (kind !== 'blank') filled += 1
      if (isValue(kind)) values += 1
    }
    if (filled > 0 && values / filled >= mostlyValues) columns.push(column)
  }
  return columns
}

/** Where new headings begin among the rows of a table, or the region's end. */
function nextHeadings(region: Region, from: number, values: readonly number[]): number {
  const { rows } = region
  const head = rows[from - 1] ?? []
  for (let at = from + 1; at < rows.length - 1; at += 1) {
    const row = rows[at] ?? []
    if (values.some((column) => isValue(cellKind(row[column] ?? '')))) continue
    const texts = values.filter((column) => cellKind(row[column] ?? '') !== 'blank')
    if (texts.length === 0 || isRepeated(row, head)) continue
    const next = rows[at + 1] ?? []
    const valuesFollow = texts.every((column) => isValue(cellKind(next[column] ?? '')))
    const filled = row.filter((cell) => cell !== '')
    const isNamed = filled.length > 1 && filled.every(namesField)
    const isAll = texts.length > 1 && texts.length === values.length && isDistinct(filled)
    if (valuesFollow && (isNamed || isAll || region.isMarked(at))) return at
  }
  return rows.length
}

/**
 * Whether rows without headings have the shape of the table above: figures below figures.
 *
 * @returns the names of the region's columns, or null if they don't.
 */
function continued(region: Region, from: number, before: ReadTable): readonly string[] | null {
  const offset = region.left - before.left
  if (offset < 0 || offset + region.width > before.names.length) return null
  const own = valueColumns(region, from, region.rows.length)
  const values = new Set(before.values.map((column) => column - offset))
  if (own.length === 0 || !own.every((column) => values.has(column))) return null
  const rows = region.rows.slice(from)
  const isBlank = (column: number): boolean => rows.every((row) => (row[column] ?? '') === '')
  const fits = [...values].every(
    (column) => column < 0 || column >= region.width || own.includes(column) || isBlank(column),
  )
  return fits ? before.names.slice(offset, offset + region.width) : null
}

/** The headings again, as on each printed page. */
function isRepeated(row: readonly string[], head: readonly string[]): boolean {
  return isSameRow(row, head) && countFilled(row) > 1
}

function isDistinct(cells: readonly string[]): boolean {
  return new Set(cells).size === cells.length
}
