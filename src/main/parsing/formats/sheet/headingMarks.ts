import type { Sheet } from 'hucre/xlsx'

/**
 * Which rows a sheet marks as headings: the first of a table or of a filter, or one whose cells are
 * all bold text.
 *
 * @returns a function of the row, from 0.
 */
export function headingMarks({
  rows,
  cells,
  tables = [],
  autoFilter,
}: Sheet): (at: number) => boolean {
  const ranges = [...tables.map(({ range }) => range), autoFilter?.range]
  const first = new Set(ranges.flatMap((range) => (range === undefined ? [] : [topOf(range)])))
  return (at) => {
    if (first.has(at)) return true
    const row = rows[at] ?? []
    let bold = 0
    for (const [column, value] of row.entries()) {
      if (value === null || value === '') continue
      if (cells?.get(`${at},${column}`)?.style?.font?.bold !== true) return false
      bold += 1
    }
    return bold > 1
  }
}

/** `Sheet1!$B$3:D9` begins in row 2, counted from 0. */
function topOf(range: string): number {
  const digits = /(?:^|!)\$?[A-Z]+\$?(\d+)/iu.exec(range)?.[1]
  return digits === undefined ? -1 : Number(digits) - 1
}
