import { decodeText } from '../../files/decodeText.ts'
import { singlePage, type Format } from './format.ts'
import { createPageBuilder } from './pageBuilder.ts'

/**
 * Tables as text. Under a row of headings each row is written as `Room: Gull; Price: 90`, so that
 * it says what it means wherever it is quoted; without one as `Gull | 90`.
 */
export const csv: Format = {
  id: 'csv',
  name: 'Table (CSV)',
  extensions: ['csv', 'tsv'],
  async parse(bytes, { limits }) {
    const [{ default: Papa }, content] = await Promise.all([
      import('papaparse'),
      decodeText(bytes, limits),
    ])
    const builder = createPageBuilder()
    let header: readonly string[] | undefined
    let first: readonly string[] | undefined
    const add = (cells: readonly string[]): void => {
      builder.add('table-row', header === undefined ? cells.join(' | ') : named(header, cells))
    }
    // Excel tells its separator in a line of its own.
    const separator = /^sep=(.)\n/i.exec(content)
    Papa.parse<readonly string[]>(content.slice(separator?.[0].length ?? 0), {
      delimiter: separator?.[1] ?? '',
      skipEmptyLines: 'greedy',
      step({ data }) {
        const cells = data.map((cell) => cell.replace(/\s+/g, ' ').trim())
        if (first !== undefined) {
          add(cells)
          return
        }
        first = cells
        if (isHeader(cells)) header = cells
        else add(cells)
      },
    })
    // A table of nothing but headings still has words.
    const page = builder.build(1)
    if (page.blocks.length === 0 && first !== undefined) builder.add('table-row', first.join(' | '))
    return singlePage(builder.build(1))
  },
}

/** Headings are words, all different, none a number. */
function isHeader(cells: readonly string[]): boolean {
  const filled = cells.filter((cell) => cell !== '')
  return (
    cells.length > 1 &&
    filled.length > 1 &&
    new Set(filled).size === filled.length &&
    filled.every(
      (cell) => cell.length <= 80 && /\p{L}/u.test(cell) && !/^[-+\d.,\s%€$£]+$/.test(cell),
    )
  )
}

function named(header: readonly string[], cells: readonly string[]): string {
  const parts: string[] = []
  cells.forEach((cell, index) => {
    const name = header[index] ?? ''
    if (cell !== '') parts.push(name === '' ? cell : `${name}: ${cell}`)
  })
  return parts.join('; ')
}
