import { cellKind, isValue } from '../../grid/cellKinds.ts'
import type { Line } from './line.ts'

/** Lines of a column are at most this far apart, in units of their size. */
const farthest = 4
const fewestRows = 2
const mostly = 0.7
/** Letters of a cell, on average: longer ones are lines of a text beside another. */
const longestCell = 28

/**
 * Puts together the rows of tables that were drawn column by column: columns beside each other whose
 * lines have the same heights, one of them of figures.
 */
export function joinColumns(lines: readonly Line[]): readonly Line[] {
  const columns = toColumns(lines)
  const joined: Line[] = []
  for (let at = 0; at < columns.length; at += 1) {
    const first = columns[at] ?? []
    const table = [first]
    for (let next = at + 1; next < columns.length; next += 1) {
      const other = columns[next] ?? []
      if (!isBeside(table.at(-1) ?? [], other)) break
      table.push(other)
    }
    if (table.length > 1 && isTable(table)) {
      joined.push(...toRows(table))
      at += table.length - 1
    } else joined.push(...first)
  }
  return joined
}

/** Lines that were drawn one below the other from the same left or right edge. */
function toColumns(lines: readonly Line[]): readonly (readonly Line[])[] {
  const columns: Line[][] = []
  for (const line of lines) {
    const open = columns.at(-1)
    const last = open?.at(-1)
    if (open !== undefined && last !== undefined && isBelow(last, line)) open.push(line)
    else columns.push([line])
  }
  return columns
}

function isBelow(last: Line, line: Line): boolean {
  const gap = line.baseline - last.baseline
  const isAligned =
    Math.abs(line.left - last.left) < line.size * 0.3 ||
    Math.abs(line.right - last.right) < line.size * 0.3
  const isSame = line.turns === 0 && last.turns === 0 && !line.hasCells && !last.hasCells
  return isSame && isAligned && line.size === last.size && gap > 0 && gap < line.size * farthest
}

/** Whether a column is to the right of another, with a line for each of its lines. */
function isBeside(one: readonly Line[], other: readonly Line[]): boolean {
  if (one.length < fewestRows || one.length !== other.length) return false
  const edge = Math.max(...one.map(({ right }) => right))
  return other.every((line, row) => {
    const beside = one[row]
    if (beside === undefined) return false
    return (
      line.left > edge + line.size && Math.abs(line.baseline - beside.baseline) < line.size * 0.3
    )
  })
}

function isTable(columns: readonly (readonly Line[])[]): boolean {
  const texts = columns.flat().map(({ text }) => text)
  const letters = texts.reduce((sum, text) => sum + text.length, 0)
  const hasValues = columns.some((lines) => {
    const values = lines.filter(({ text }) => isValue(cellKind(text)))
    return values.length >= lines.length * mostly
  })
  return hasValues && letters <= texts.length * longestCell
}

function toRows(columns: readonly (readonly Line[])[]): readonly Line[] {
  const [first = []] = columns
  return first.map((_, row) => columns.flatMap((lines) => lines[row] ?? []).reduce(beside))
}

function beside(row: Line, cell: Line): Line {
  const text = `${row.text} | `
  const moved = cell.runs.map((run) => ({
    ...run,
    start: run.start + text.length,
    end: run.end + text.length,
  }))
  const cells = cell.cells.map((one) => ({
    ...one,
    start: one.start + text.length,
    end: one.end + text.length,
  }))
  return {
    ...row,
    text: text + cell.text,
    cells: [...row.cells, ...cells],
    runs: [...row.runs, ...moved],
    right: Math.max(row.right, cell.right),
    hasCells: true,
  }
}
