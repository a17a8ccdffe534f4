import Papa from 'papaparse'

/** The rarer one occurs in prose, the surer it is a separator. */
const separators = ['\t', ';', '|', ',']
const sampleRows = 20
/** UTF-16 units: enough for that many rows with text in cells. */
const sampleLength = 1 << 16

/**
 * The separator by which the most of the first rows have as many cells as the headings have. Where
 * there is one heading under each, lines are whole cells: a tab separates them.
 */
export function guessSeparator(text: string): string {
  const sample = beginningOf(text)
  let best = { separator: '\t', share: 0, columns: 1 }
  for (const separator of separators) {
    const { data } = Papa.parse<readonly string[]>(sample, {
      delimiter: separator,
      newline: '\n',
      preview: sampleRows,
      skipEmptyLines: 'greedy',
    })
    const columns = data[0]?.length ?? 0
    if (columns < 2) continue
    const share = data.filter(({ length }) => length === columns).length / data.length
    if (share < best.share || (share === best.share && columns <= best.columns)) continue
    best = { separator, share, columns }
  }
  return best.separator
}

/** Whole lines. */
function beginningOf(text: string): string {
  if (text.length <= sampleLength) return text
  const end = text.lastIndexOf('\n', sampleLength)
  return text.slice(0, end === -1 ? sampleLength : end)
}
