import { cellKind, isValue } from '../../grid/cellKinds.ts'
import { wholeRegion } from '../../grid/findRegions.ts'
import type { Span } from '../../grid/grid.ts'
import { layTables } from '../../grid/layTable.ts'
import { barRow, type TableText } from '../../grid/tableText.ts'
import { placeInColumns, type ColumnRange } from './tableColumns.ts'
import type { PdfRow } from './tableRows.ts'

/** Letters of a cell, on average, from which on the rows may be lines of prose beside each other. */
const proseLetters = 18
/** Share of its lines that begin within a sentence. */
const mostlyWithin = 0.4

/**
 * Lays rows as tables. Where the cells are below each other in columns, these have headings if they are
 * sure; elsewhere the cells are kept in the order of their rows.
 *
 * @param texts the text of each cell.
 * @returns null if it is no table: a single row, or lines of prose beside each other.
 */
export function layPageTable(
  rows: readonly PdfRow[],
  texts: readonly (readonly string[])[],
): readonly TableText[] | null {
  if (rows.length < 2 || isProse(texts)) return null
  const columns = placeInColumns(rows)
  if (columns === null) {
    return [{ columns: [], headings: 0, rows: texts.map((cells) => barRow(cells)) }]
  }
  const usual = usualFont(rows)
  const heads = rows.findIndex(({ cells }) => cells.some(({ font }) => font === usual))
  const grid = {
    rows: rows.map((_, row) => inGrid(texts[row] ?? [], columns[row] ?? [])),
    spans: columns.flatMap(spansOf),
    isMarked: (row: number) => row < heads,
  }
  return layTables(wholeRegion(grid), null, 'bars').tables
}

function inGrid(cells: readonly string[], columns: readonly ColumnRange[]): readonly string[] {
  const row: string[] = []
  cells.forEach((text, at) => {
    const from = columns[at]?.from ?? row.length
    while (row.length < from) row.push('')
    row.push(text)
  })
  return row
}

function spansOf(columns: readonly ColumnRange[], row: number): readonly Span[] {
  return columns
    .filter(({ from, to }) => to > from)
    .map(({ from, to }) => ({ top: row, bottom: row, left: from, right: to }))
}

/** Lines of prose are long, begin within sentences and are no values. */
function isProse(texts: readonly (readonly string[])[]): boolean {
  const cells = texts.flat()
  const letters = cells.reduce((sum, text) => sum + text.length, 0)
  const later = texts.slice(1).flat()
  const within = later.filter((text) => /^[\p{Ll}\p{Lo}(]/u.test(text)).length
  const values = cells.filter((text) => isValue(cellKind(text))).length
  return (
    letters >= cells.length * proseLetters &&
    within >= later.length * mostlyWithin &&
    values * 4 < cells.length
  )
}

/** A row of headings has no cell in it. */
function usualFont(rows: readonly PdfRow[]): string {
  const counts = new Map<string, number>()
  for (const { font } of rows.flatMap(({ cells }) => cells))
    counts.set(font, (counts.get(font) ?? 0) + 1)
  let best = ''
  for (const [font, count] of counts) if (count > (counts.get(best) ?? 0)) best = font
  return best
}
