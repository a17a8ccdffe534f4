import type { WideCell } from './grid.ts'

/** A row as text, and where its cells are in it. */
export interface RowText {
  readonly text: string
  /** Three numbers each: its column, where it starts in the text, and its length. */
  readonly cells: readonly number[]
}

/** A table as it is written on a page. */
export interface TableText {
  /** The name of each column, blank where it has none; empty if the table has no headings. */
  readonly columns: readonly string[]
  /** How many of the first rows are headings. */
  readonly headings: number
  /** Written as they are asked for: a sheet may have a million. */
  readonly rows: Iterable<RowText>
}

/**
 * `Gull | 90`: cells with bars between. Blank ones at the end are left out, and columns that a cell
 * stretches over.
 *
 * @param from the first column to write; a blank cell there is written as a bar.
 */
export function barRow(
  cells: readonly string[],
  wide: readonly WideCell[] = [],
  from = Math.max(
    0,
    cells.findIndex((cell) => cell !== ''),
  ),
): RowText {
  const row = startRow()
  const last = cells.findLastIndex((cell) => cell !== '')
  const ends = new Map(wide.map((cell) => [cell.from, cell.to]))
  for (let column = from; column <= last; column = (ends.get(column) ?? column) + 1) {
    if (column > from) write(row, row.length === 0 ? '| ' : ' | ')
    writeCell(row, column, cells[column] ?? '')
  }
  return endRow(row)
}

/** Writes a row under names of columns; the cell in the column `unnamed` stays without its own. */
export type WriteNamedRow = (cells: readonly string[], unnamed?: number) => RowText

/** `Room: Gull; Price: 90`: each cell with the name of its column, so that it can be quoted alone. */
export function namedRows(names: readonly string[]): WriteNamedRow {
  const labels = names.map((name) => (name === '' ? '' : `${name}: `))
  const furtherLabels = labels.map((label) => `; ${label}`)
  // One for all rows: a sheet may have a million.
  const row = startRow()
  return (cells, unnamed) => {
    clearRow(row)
    for (let column = 0; column < cells.length; column += 1) {
      const cell = cells[column] ?? ''
      if (cell === '') continue
      const named = column === unnamed ? undefined : column
      if (row.length === 0) write(row, labels[named ?? -1] ?? '')
      else write(row, furtherLabels[named ?? -1] ?? '; ')
      writeCell(row, column, cell)
    }
    return endRow(row)
  }
}

/** `Customer: Norrland Timber`: a key and what belongs to it. */
export function keyedRow(cells: readonly string[]): RowText {
  const row = startRow()
  cells.forEach((cell, column) => {
    if (cell === '') return
    if (row.length > 0) write(row, row.parts[row.count - 1]?.endsWith(':') === true ? ' ' : ': ')
    writeCell(row, column, cell)
  })
  return endRow(row)
}

/** Parts are joined at the end: text that grows bit by bit takes many times its size. */
interface OpenRow {
  readonly parts: string[]
  /** Of the parts, how many are of this row: lists that shrink and grow again are copied each time. */
  count: number
  readonly cells: number[]
  /** Of these numbers, the same. */
  placed: number
  /** Characters so far. */
  length: number
}

function startRow(): OpenRow {
  return { parts: [], count: 0, cells: [], placed: 0, length: 0 }
}

function clearRow(row: OpenRow): void {
  row.count = 0
  row.placed = 0
  row.length = 0
}

function write(row: OpenRow, more: string): void {
  row.parts[row.count] = more
  row.count += 1
  row.length += more.length
}

function writeCell(row: OpenRow, column: number, cell: string): void {
  if (cell !== '') {
    row.cells[row.placed] = column
    row.cells[row.placed + 1] = row.length
    row.cells[row.placed + 2] = cell.length
    row.placed += 3
  }
  write(row, cell)
}

function endRow(row: OpenRow): RowText {
  const { parts, cells, count, placed } = row
  if (parts.length > count) parts.length = count
  return { text: parts.join(''), cells: cells.slice(0, placed) }
}
