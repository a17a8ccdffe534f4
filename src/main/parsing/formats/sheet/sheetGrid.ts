import type { Cell, Sheet } from 'hucre/xlsx'
import type { Grid, Span } from '../../grid/grid.ts'
import { isoDate } from '../../isoDate.ts'
import { createStruckText, type StruckText } from '../struckText.ts'
import { headingMarks } from './headingMarks.ts'
import { shownValue, type FormatValue } from './shownValue.ts'

/**
 * The cells of a sheet as it shows them. What is struck through is left out, and so is a row of which
 * nothing else is left: a blank one would end the table.
 *
 * @param onStruck called for each passage that is left out: cells side by side are one.
 */
export function sheetGrid(sheet: Sheet, format: FormatValue, onStruck: () => void): Grid {
  const struck = createStruckText(onStruck)
  const rows: (readonly string[])[] = []
  /** By row of the grid, that of the sheet. */
  const origins: number[] = []
  sheet.rows.forEach((values, at) => {
    const row = readRow(values, at, sheet.cells, { format, struck })
    struck.endLine()
    if (row.isStruck && row.texts.every((text) => text === '')) return
    rows.push(row.texts)
    origins.push(at)
  })
  const isMarked = headingMarks(sheet)
  return {
    rows,
    spans: spansOf(sheet, origins),
    isMarked: (at) => isMarked(origins[at] ?? at),
  }
}

function spansOf({ merges = [], rows }: Sheet, origins: readonly number[]): readonly Span[] {
  const spans = merges.map(({ startRow, startCol, endRow, endCol }) => ({
    ...{ top: startRow, left: startCol, bottom: endRow, right: endCol },
  }))
  if (origins.length === rows.length) return spans
  return spans.flatMap((span) => {
    const top = origins.findIndex((at) => at >= span.top)
    const bottom = origins.findLastIndex((at) => at <= span.bottom)
    return top < 0 || bottom < top ? [] : [{ ...span, top, bottom }]
  })
}

interface CellReading {
  readonly format: FormatValue
  readonly struck: StruckText
}

/** @param cells those with a format or a formula, by row and column; few sheets have many. */
function readRow(
  values: readonly unknown[],
  at: number,
  cells: Sheet['cells'],
  reading: CellReading,
): { readonly texts: readonly string[]; readonly isStruck: boolean } {
  const texts: string[] = []
  let isStruck = false
  for (let column = 0; column < values.length; column += 1) {
    const cell = cells?.get(`${at},${column}`)
    const whole = asText(cell === undefined ? values[column] : shownValue(cell, reading.format))
    const text =
      cell === undefined ? whole : withoutStruck(cell, whole, texts.at(-1) ?? '', reading.struck)
    isStruck ||= text !== whole
    if (text !== '') reading.struck.plain()
    texts.push(text)
  }
  return { texts, isStruck }
}

/** @param before what the cell to the left shows. */
function withoutStruck(
  { style, richText = [] }: Cell,
  text: string,
  before: string,
  struck: StruckText,
): string {
  if (text.trim() === '') return text
  const isWhole = style?.font?.strikethrough === true
  if (!richText.some(({ font }) => font?.strikethrough === true)) {
    return isWhole && struck.leavesOut(before) ? '' : text
  }
  return richText.reduce((kept, { text: run, font }) => {
    if (font?.strikethrough !== true || run.trim() === '') return kept + run
    return struck.leavesOut(`${before}${kept}`) ? kept : kept + run
  }, '')
}

function asText(value: unknown): string {
  if (typeof value === 'string') return value
  if (typeof value === 'number') return String(value)
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE'
  return value instanceof Date ? isoDate(value) : ''
}
