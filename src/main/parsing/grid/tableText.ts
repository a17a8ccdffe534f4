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
  return (cells, unnamed) => {
    const row = startRow()
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
    if (row.length > 0) write(row, row.parts.at(-1)?.endsWith(':') === true ? ' ' : ': ')
    writeCell(row, column, cell)
  })
  return endRow(row)
}

/** Parts are joined at the end: text that grows bit by bit takes many times its size. */
interface OpenRow {
  readonly parts: string[]
  readonly cells: number[]
  /** Characters so far. */
  length: number
}

function startRow(): OpenRow {
  return { parts: [], cells: [], length: 0 }
}

function write(row: OpenRow, more: string): void {
  row.parts.push(more)
  row.length += more.length
}

function writeCell(row: OpenRow, column: number, cell: string): void {
  if (cell !== '') row.cells.push(column, row.length, cell.length)
  write(row, cell)
}

/** The list of cells is copied: one that has grown keeps room for half as many again. */
function endRow({ parts, cells }: OpenRow): RowText {
  return { text: parts.join(''), cells: cells.slice() }
}
