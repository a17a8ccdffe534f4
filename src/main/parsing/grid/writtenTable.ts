import { wholeRegion } from './findRegions.ts'
import type { Grid, Span } from './grid.ts'
import { layTables, type LaidTables, type ReadTable } from './layTable.ts'

/** A cell of a table in a text, as its file has it. */
export interface WrittenCell {
  readonly text: string
  /** Rows and columns that it stretches over, itself included. */
  readonly rows: number
  readonly columns: number
  /** It only continues the cell above. */
  readonly continuesAbove: boolean
  readonly isHeading: boolean
}

export const plainCell: Omit<WrittenCell, 'text'> = {
  rows: 1,
  columns: 1,
  continuesAbove: false,
  isHeading: false,
}

/** The most columns that a cell stretches over, and the most rows (HTML standard, 4.9.11). */
const mostColumns = 1_000
const mostRows = 65_534

/** Over how many columns a cell stretches, as an attribute says. */
export function columnSpan(value: string | undefined): number {
  return spanOf(value, mostColumns)
}

/** Over how many rows a cell stretches; 0 is all that are left. */
export function rowSpan(value: string | undefined): number {
  return value?.trim() === '0' ? mostRows : spanOf(value, mostRows)
}

function spanOf(value: string | undefined, most: number): number {
  return Math.max(1, Math.min(most, Number.parseInt(value ?? '', 10) || 1))
}

/** Places in the grid for each cell: spans that need more are a way to fill the memory. */
const placesPerCell = 50
const placesAlways = 20_000

/**
 * Writes a table of a text: rows as they are, each with the labels of cells that stretch over it.
 *
 * @param before the part of the same table that was written before.
 */
export function layWrittenTable(
  rows: readonly (readonly WrittenCell[])[],
  before: ReadTable | null,
): LaidTables {
  return layTables(wholeRegion(placeCells(rows)), before, 'bars')
}

/** Puts cells into columns: each takes the next place that no cell above stretches over. */
function placeCells(rows: readonly (readonly WrittenCell[])[]): Grid {
  const spread = isSpreadable(rows)
  const grid: string[][] = []
  const spans: Span[] = []
  /** By column: the row that a cell above stretches to. */
  const taken: number[] = []
  /** By column: the cell that begins there above, as an index into `spans`, to be continued. */
  const above = new Map<number, number>()
  rows.forEach((cells, top) => {
    const row: string[] = []
    let column = 0
    for (const cell of cells) {
      while ((taken[column] ?? -1) >= top) column += 1
      const width = spread ? cell.columns : 1
      const bottom = top + (spread ? cell.rows : 1) - 1
      while (row.length < column) row.push('')
      row.push(cell.text)
      const last = cell.continuesAbove && cell.text === '' ? above.get(column) : undefined
      const span = last === undefined ? undefined : spans[last]
      if (last !== undefined && span?.bottom === top - 1) spans[last] = { ...span, bottom: top }
      else {
        above.set(column, spans.length)
        spans.push({ top, left: column, bottom, right: column + width - 1 })
      }
      for (let at = column; at < column + width; at += 1) taken[at] = bottom
      column += width
    }
    grid.push(row)
  })
  return {
    rows: grid,
    spans: spans.filter(({ top, left, bottom, right }) => bottom > top || right > left),
    isMarked: (at) => rows[at]?.every(({ isHeading }) => isHeading) === true,
  }
}

function isSpreadable(rows: readonly (readonly WrittenCell[])[]): boolean {
  let cells = 0
  let places = 0
  for (const row of rows) {
    for (const { columns, rows: tall } of row) {
      cells += 1
      places += columns * Math.min(tall, rows.length)
    }
  }
  return places <= placesAlways + cells * placesPerCell
}
