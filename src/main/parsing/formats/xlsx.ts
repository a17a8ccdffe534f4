import type { Cell, Sheet } from 'hucre/xlsx'
import type { Page } from '../../../shared/domain/page.ts'
import { throwIfAborted } from '../../../shared/errors.ts'
import type { ParseContext, ParsedPages } from './format.ts'
import { createPageBuilder } from './pageBuilder.ts'
import { createTableRows } from './tableRows.ts'

/**
 * Excel workbooks since 2007 and OpenDocument spreadsheets (read by hucre). Each sheet that is
 * shown is a page. Values are written as the sheet shows them; formulas as their results when the
 * file was saved.
 */
export async function parseXlsx(
  bytes: Uint8Array,
  { limits, signal, onPage }: ParseContext,
): Promise<ParsedPages> {
  const { checkZip } = await import('../../files/checkZip.ts')
  const parts = await checkZip(bytes, limits, signal)
  const { formatValue, readOds, readXlsx } = await import('hucre')
  const isOds = parts.includes('content.xml')
  const { sheets } = await (isOds ? readOds : readXlsx)(bytes, {
    readStyles: true,
    sheets: ({ hidden = false, veryHidden = false }) => !hidden && !veryHidden,
  })
  const shown = ({ value, style }: Cell): string => {
    const format = style?.numFmt
    if (typeof value === 'number' && format !== undefined && format !== 'General') {
      return formatValue(value, format)
    }
    if (value instanceof Date && format !== undefined) return formatValue(value, format)
    return asText(value)
  }
  const pages: Page[] = []
  for (const [index, sheet] of sheets.entries()) {
    throwIfAborted(signal)
    pages.push(writeSheet(sheet, index + 1, shown))
    onPage(index + 1, sheets.length)
  }
  return { pages, layouts: [], unreadPages: [] }
}

function writeSheet(sheet: Sheet, page: number, shown: (cell: Cell) => string): Page {
  const builder = createPageBuilder()
  builder.add('heading', sheet.name, 1)
  const rows = createTableRows(builder)
  sheet.rows.forEach((values, at) => {
    const cells = Array.from(values, (value, column) => {
      const cell = sheet.cells?.get(`${at},${column}`)
      return cell === undefined ? asText(value) : shown(cell)
    })
    if (cells.some((cell) => cell.trim() !== '')) rows.add(cells)
  })
  rows.end()
  const built = builder.build(page)
  // The name of an empty sheet is no text.
  return built.blocks.length > 1 ? built : { page, text: '', blocks: [] }
}

function asText(value: unknown): string {
  if (typeof value === 'string') return value
  if (typeof value === 'number') return String(value)
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE'
  // The day alone where there is no time of day.
  if (value instanceof Date && !Number.isNaN(value.getTime())) {
    return value.toISOString().replace(/T00:00:00\.000Z$/, '')
  }
  return ''
}
