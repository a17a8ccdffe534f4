import type { Sheet } from 'hucre/xlsx'
import { countLeftOut } from '../../../shared/domain/leftOut.ts'
import type { Page } from '../../../shared/domain/page.ts'
import { throwIfAborted } from '../../../shared/errors.ts'
import { decodeText } from '../../files/decodeText.ts'
import { withSlashes } from '../../files/slashedZip.ts'
import { sheetTables } from '../grid/sheetTables.ts'
import type { ParseContext, ParsedPages } from './format.ts'
import { createPageBuilder } from './pageBuilder.ts'
import { sheetGrid } from './sheet/sheetGrid.ts'
import type { FormatValue } from './sheet/shownValue.ts'
import { worksheetNames } from './sheet/worksheetNames.ts'

/**
 * Excel workbooks since 2007 and OpenDocument spreadsheets (read by hucre). Each sheet that is
 * shown is a page. Values are written as the sheet shows them; formulas as their results when the
 * file was saved.
 */
export async function parseXlsx(file: Uint8Array, context: ParseContext): Promise<ParsedPages> {
  const bytes = withSlashes(file)
  const { limits, signal, onPage } = context
  const { checkZip } = await import('../../files/checkZip.ts')
  const { openZipParts } = await import('../../files/zipParts.ts')
  const parts = await checkZip(bytes, limits, signal)
  const { formatValue, readOds, readXlsx } = await import('hucre')
  const isOds = parts.includes('content.xml')
  // hucre takes a workbook with a sheet for a chart for a damaged one.
  const readable = isOds ? null : await worksheetNames(bytes, limits, signal)
  const { unreadParts } = await import('./xml/unreadParts.ts')
  const zip = await openZipParts(bytes, limits, signal)
  const leftOut = [...(await unreadParts(zip, (part) => decodeText(part, limits)))]
  const { sheets } = await (isOds ? readOds : readXlsx)(bytes, {
    readStyles: true,
    sheets: ({ name, hidden = false, veryHidden = false }) => {
      const isShown = !hidden && !veryHidden
      if (!isShown) leftOut.push('hidden-sheet')
      return isShown && (readable === null || readable.has(name))
    },
  })
  const pages: Page[] = []
  for (const [index, sheet] of sheets.entries()) {
    throwIfAborted(signal)
    pages.push(writeSheet(sheet, index + 1, formatValue, () => leftOut.push('struck-text')))
    onPage(index + 1, sheets.length)
  }
  return { pages, layouts: [], unreadPages: [], leftOut: countLeftOut(leftOut) }
}

function writeSheet(sheet: Sheet, page: number, format: FormatValue, onStruck: () => void): Page {
  const builder = createPageBuilder()
  builder.add('heading', sheet.name, 1)
  for (const table of sheetTables(sheetGrid(sheet, format, onStruck))) builder.addTable(table)
  const built = builder.build(page)
  // The name of an empty sheet is no text.
  return built.blocks.length > 1 ? built : { page, text: '', blocks: [] }
}
