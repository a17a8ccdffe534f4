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
    if (column > from) row.write(row.length === 0 ? '| ' : ' | ')
    row.writeCell(column, cells[column] ?? '')
  }
  return row.end()
}

/** `Room: Gull; Price: 90`: each cell with the name of its column, so that it can be quoted alone. */
export function namedRow(names: readonly string[], cells: readonly string[]): RowText {
  const row = startRow()
  cells.forEach((cell, column) => {
    if (cell === '') return
    if (row.length > 0) row.write('; ')
    const name = names[column] ?? ''
    if (name !== '') row.write(`${name}: `)
    row.writeCell(column, cell)
  })
  return row.end()
}

/** `Customer: Norrland Timber`: a key and what belongs to it. */
export function keyedRow(cells: readonly string[]): RowText {
  const row = startRow()
  cells.forEach((cell, column) => {
    if (cell === '') return
    if (row.length > 0) row.write(row.endsInColon ? ' ' : ': ')
    row.writeCell(column, cell)
  })
  return row.end()
}

interface RowWriter {
  /** Characters so far. */
  readonly length: number
  readonly endsInColon: boolean
  write(more: string): void
  writeCell(column: number, cell: string): void
  end(): RowText
}

/** Parts are joined at the end: text that grows bit by bit takes many times its size. */
function startRow(): RowWriter {
  const parts: string[] = []
  const cells: number[] = []
  let length = 0
  const write = (more: string): void => {
    parts.push(more)
    length += more.length
  }
  return {
    get length() {
      return length
    },
    get endsInColon() {
      return parts.at(-1)?.endsWith(':') === true
    },
    write,
    writeCell(column, cell) {
      if (cell !== '') cells.push(column, length, cell.length)
      write(cell)
    },
    end: () => ({ text: parts.join(''), cells }),
  }
}
