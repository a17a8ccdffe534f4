import { decodeText } from '../../files/decodeText.ts'
import { noSpans } from '../grid/grid.ts'
import { sheetTables } from '../grid/sheetTables.ts'
import { singlePage, type ParseContext, type ParsedPages } from './format.ts'
import { createPageBuilder } from './pageBuilder.ts'
import { readCells } from './sheet/delimitedCells.ts'

/** Tables as text. */
export async function parseCsv(bytes: Uint8Array, { limits }: ParseContext): Promise<ParsedPages> {
  const [{ default: Papa }, content] = await Promise.all([
    import('papaparse'),
    decodeText(bytes, limits),
  ])
  const builder = createPageBuilder()
  const grid = { rows: readCells(Papa, content), spans: noSpans, isMarked: () => false }
  for (const table of sheetTables(grid)) builder.addTable(table)
  return singlePage(builder.build(1))
}
