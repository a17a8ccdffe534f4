import type { PdfRow, RowCell } from './tableRows.ts'

/** The columns that a cell is in, the last one included. */
export interface ColumnRange {
  readonly from: number
  readonly to: number
}

interface Column {
  left: number
  right: number
  /** Rows that have a cell in it. */
  readonly rows: Set<number>
}

/** What cells share of their breadth by accident, in units of the font size. */
const touching = 0.3
/** Headings and the figures below them are at most this far apart, in units of the font size. */
const nearest = 8
/** More cells than this are no table on a page. */
const mostCells = 20_000

/**
 * Finds the columns of rows by what is below each other, from the narrowest cell to the widest: one
 * that is above several columns stretches over them.
 *
 * @returns for each row the columns of its cells; null if the cells form no columns.
 */
export function placeInColumns(
  rows: readonly PdfRow[],
): readonly (readonly ColumnRange[])[] | null {
  const cells = rows.flatMap((row, at) => row.cells.map((cell) => ({ cell, at, size: row.size })))
  if (cells.length > mostCells) return null
  const columns: Column[] = []
  const narrowFirst = [...cells].sort((one, other) => widthOf(one.cell) - widthOf(other.cell))
  for (const { cell, at, size } of narrowFirst) {
    const below = columns.filter((column) => overlaps(column, cell, size))
    const [only] = below
    if (below.length > 1) continue
    if (only === undefined) {
      columns.push({ left: cell.left, right: cell.right, rows: new Set([at]) })
    } else {
      only.left = Math.min(only.left, cell.left)
      only.right = Math.max(only.right, cell.right)
      only.rows.add(at)
    }
  }
  const joined = joinHeadings(columns, rows[0]?.size ?? 0)
  const placed = rows.map(({ cells: own, size }) => own.map((cell) => rangeOf(joined, cell, size)))
  return placed.every(isOrdered) ? placed : null
}

function widthOf({ left, right }: RowCell): number {
  return right - left
}

function overlaps(column: Column, cell: RowCell, size: number): boolean {
  const shared = Math.min(column.right, cell.right) - Math.max(column.left, cell.left)
  const narrower = Math.min(column.right - column.left, widthOf(cell))
  return shared > Math.min(size * touching, narrower * 0.5)
}

/**
 * A heading on the left and figures on the right of one column need not be above each other: where
 * nothing is below the one and no heading above the other, they are put together.
 */
function joinHeadings(columns: readonly Column[], size: number): readonly Column[] {
  const sorted = [...columns].sort((one, other) => one.left - other.left)
  for (const heading of sorted.filter(({ rows }) => rows.size === 1 && rows.has(0))) {
    const at = sorted.indexOf(heading)
    const [before, after] = [sorted[at - 1], sorted[at + 1]].map((column) =>
      column === undefined || column.rows.has(0) ? null : column,
    )
    const left = before == null ? Infinity : heading.left - before.right
    const right = after == null ? Infinity : after.left - heading.right
    const body = left < right ? before : after
    if (body == null || Math.min(left, right) > size * nearest) continue
    body.left = Math.min(body.left, heading.left)
    body.right = Math.max(body.right, heading.right)
    body.rows.add(0)
    sorted.splice(at, 1)
  }
  return sorted
}

function rangeOf(columns: readonly Column[], cell: RowCell, size: number): ColumnRange {
  const own = columns.flatMap((column, at) => (overlaps(column, cell, size) ? [at] : []))
  return { from: own[0] ?? -1, to: own.at(-1) ?? -1 }
}

/** Whether each cell has columns of its own, after those of the cell before it. */
function isOrdered(ranges: readonly ColumnRange[]): boolean {
  return ranges.every(({ from }, at) => from > (ranges[at - 1]?.to ?? -1))
}
