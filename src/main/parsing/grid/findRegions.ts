import { carryLabels, type CarriedGrid } from './carryLabels.ts'
import { cellKind, isValue } from './cellKinds.ts'
import type { Grid, Region, WideCell } from './grid.ts'

/** Half-open ranges of rows and columns. */
interface Area {
  readonly top: number
  readonly bottom: number
  readonly left: number
  readonly right: number
}

/** Parts beside each other are looked for this deep; deeper ones stay together. */
const deepest = 8

/**
 * Parts a grid at blank rows and blank columns into what belongs together, in reading order.
 * A blank column between figures and their labels is only a gap: it parts nothing.
 */
export function findRegions(grid: Grid): readonly Region[] {
  const carried = carryLabels(grid)
  const width = carried.rows.reduce((most, row) => Math.max(most, row.length), 0)
  const whole: Area = { top: 0, bottom: carried.rows.length, left: 0, right: width }
  return split(carried, whole, 0).map((area) => toRegion(carried, area, grid.isMarked))
}

function split(grid: CarriedGrid, area: Area, depth: number): readonly Area[] {
  const bands = bandsOf(area.top, area.bottom, (row) => isBlankRow(grid, row, area)).map(
    ({ from, to }) => ({ ...area, top: from, bottom: to }),
  )
  return bands.flatMap((band) => {
    const parts = splitColumns(grid, band)
    const [only] = parts
    if (only === undefined) return []
    if (parts.length === 1 || depth >= deepest) return depth >= deepest ? [band] : [only]
    return parts.flatMap((part) => split(grid, part, depth + 1))
  })
}

function splitColumns(grid: CarriedGrid, area: Area): readonly Area[] {
  const used = usedColumns(grid, area)
  const bands = bandsOf(area.left, area.right, (column) => !used.has(column))
  const parts: { from: number; to: number }[] = []
  for (const band of bands) {
    const before = parts.at(-1)
    if (before !== undefined && belongsTo(grid, area, band)) before.to = band.to
    else parts.push({ ...band })
  }
  return parts.map(({ from, to }) => ({ ...area, left: from, right: to }))
}

/** Whether columns after a gap have no labels of their own: their rows are those on the left. */
function belongsTo(grid: CarriedGrid, area: Area, band: { from: number; to: number }): boolean {
  if (band.to - band.from === 1) return startsWith(grid, area, band.from)
  const { top, bottom } = area
  let labels = 0
  let values = 0
  for (let at = top + 1; at < Math.min(bottom, top + 200); at += 1) {
    const kind = cellKind(textAt(grid, at, band.from))
    if (isValue(kind)) values += 1
    else if (kind !== 'blank') labels += 1
  }
  return values > labels
}

/** A single column belongs to the table whose first full row it has a part in. */
function startsWith({ rows }: CarriedGrid, { top, bottom, left }: Area, column: number): boolean {
  for (let at = top; at < bottom; at += 1) {
    const row = rows[at] ?? []
    const filled = filledIn(row, { top, bottom, left, right: column })
    if ((row[column] ?? '') !== '') return filled > 0
    if (filled > 1) return false
  }
  return false
}

function textAt({ rows }: CarriedGrid, row: number, column: number): string {
  return rows[row]?.[column] ?? ''
}

function isBlankRow({ rows }: CarriedGrid, at: number, { left, right }: Area): boolean {
  const row = rows[at] ?? []
  const end = Math.min(right, row.length)
  for (let column = left; column < end; column += 1) if (row[column] !== '') return false
  return true
}

/** Columns with text; those that a wide cell in the middle covers count, so that it isn't cut. */
function usedColumns({ rows, wide }: CarriedGrid, area: Area): ReadonlySet<number> {
  const used = new Set<number>()
  const blank = new Set(Array.from({ length: area.right - area.left }, (_, at) => area.left + at))
  for (let at = area.top; at < area.bottom; at += 1) {
    const row = rows[at] ?? []
    for (const column of blank) {
      if ((row[column] ?? '') === '') continue
      used.add(column)
      blank.delete(column)
    }
    if (blank.size === 0) break
    // Alone in its row it is a title, which may be above two tables.
    if (filledIn(row, area) === 1) continue
    for (const { from, to } of wide.get(at) ?? []) {
      if (from < area.left || from >= area.right || (row[from] ?? '') === '') continue
      for (let column = from; column <= Math.min(to, area.right - 1); column += 1) used.add(column)
    }
  }
  return used
}

function filledIn(row: readonly string[], { left, right }: Area): number {
  let filled = 0
  for (let at = left; at < Math.min(right, row.length); at += 1) if (row[at] !== '') filled += 1
  return filled
}

/** Ranges between the blank ones. */
function bandsOf(
  start: number,
  end: number,
  isBlank: (at: number) => boolean,
): readonly { from: number; to: number }[] {
  const bands: { from: number; to: number }[] = []
  let open: { from: number; to: number } | null = null
  for (let at = start; at < end; at += 1) {
    if (isBlank(at)) open = null
    else if (open === null) {
      open = { from: at, to: at + 1 }
      bands.push(open)
    } else open.to = at + 1
  }
  return bands
}

function toRegion(
  { rows, wide, carried }: CarriedGrid,
  area: Area,
  isMarked: Grid['isMarked'],
): Region {
  const { top, bottom, left, right } = area
  const width = right - left
  const own = new Map<number, readonly WideCell[]>()
  const cells: (readonly string[])[] = []
  for (let at = top; at < bottom; at += 1) {
    const row = rows[at] ?? []
    const isWhole = left === 0 && row.length === width
    cells.push(isWhole ? row : cutRow(row, left, right))
    const wideHere = wide
      .get(at)
      ?.filter(({ from }) => from >= left && from < right)
      .map(({ from, to }) => ({ from: from - left, to: Math.min(to, right - 1) - left }))
    if (wideHere !== undefined && wideHere.length > 0) own.set(at - top, wideHere)
  }
  return {
    ...{ top, left, width, rows: cells, wide: own },
    isCarried: (row, column) => carried.get(row + top)?.has(column + left) === true,
    isMarked: (row) => isMarked(row + top),
  }
}

/** The cells of some columns, blank where the row is shorter. */
function cutRow(row: readonly string[], left: number, right: number): readonly string[] {
  const cut = row.slice(left, right)
  while (cut.length < right - left) cut.push('')
  return cut
}

/** A table that a text has in one piece. */
export function wholeRegion(grid: Grid): Region {
  const carried = carryLabels(grid)
  const right = carried.rows.reduce((most, row) => Math.max(most, row.length), 0)
  const whole: Area = { top: 0, bottom: carried.rows.length, left: 0, right }
  return toRegion(carried, whole, grid.isMarked)
}
