import { decodeText } from '../../files/decodeText.ts'
import { singlePage, type ParseContext, type ParsedPages } from './format.ts'
import { createPageBuilder } from './pageBuilder.ts'
import { createTableRows } from './tableRows.ts'

/** Tables as text. */
export async function parseCsv(bytes: Uint8Array, { limits }: ParseContext): Promise<ParsedPages> {
  const [{ default: Papa }, content] = await Promise.all([
    import('papaparse'),
    decodeText(bytes, limits),
  ])
  const builder = createPageBuilder()
  const rows = createTableRows(builder)
  // Excel names its separator in a separate first line.
  const separator = /^sep=(.)\n/i.exec(content)
  Papa.parse<readonly string[]>(content.slice(separator?.[0].length ?? 0), {
    delimiter: separator?.[1] ?? '',
    skipEmptyLines: 'greedy',
    step: ({ data }) => rows.add(data),
  })
  rows.end()
  return singlePage(builder.build(1))
}
