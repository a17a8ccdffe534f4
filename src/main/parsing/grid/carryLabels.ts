import type { Grid, WideCell } from './grid.ts'

export interface CarriedGrid {
  readonly rows: readonly (readonly string[])[]
  /** Cells over several columns by row, in order. */
  readonly wide: ReadonlyMap<number, readonly WideCell[]>
  /** The columns of labels that were repeated, by row. */
  readonly carried: ReadonlyMap<number, ReadonlySet<number>>
}

/** A span over more cells than this is a frame around a page, not a label. */
const mostCarried = 100_000

/**
 * Repeats a cell that stretches over several rows in each of them, as each row is quoted alone.
 * A cell over several columns stays in the first: it is said once in a row.
 */
export function carryLabels({ rows, spans }: Grid): CarriedGrid {
  if (spans.length === 0) return { rows, wide: new Map(), carried: new Map() }
  const filled = rows.map((row) => [...row])
  const wide = new Map<number, WideCell[]>()
  const carried = new Map<number, Set<number>>()
  let left = mostCarried
  for (const { top, left: from, bottom, right: to } of spans) {
    const text = filled[top]?.[from] ?? ''
    const last = Math.min(bottom, filled.length - 1)
    left -= Math.max(0, last - top)
    for (let at = top; at <= last; at += 1) {
      const row = filled[at]
      if (row === undefined || (at > top && left < 0)) break
      if (at > top && (row[from] ?? '') === '') {
        while (row.length < from) row.push('')
        row[from] = text
        carried.set(at, (carried.get(at) ?? new Set()).add(from))
      }
      if (to > from) {
        const cells = wide.get(at)
        if (cells === undefined) wide.set(at, [{ from, to }])
        else cells.push({ from, to })
      }
    }
  }
  for (const cells of wide.values()) cells.sort((one, other) => one.from - other.from)
  return { rows: filled, wide, carried }
}
