import papaparse from 'papaparse'
import { answerTable } from './answerTable.ts'
import type { Report } from './report.ts'

/** The answers as a table. */
export function csvReport(report: Report): string {
  const { columns, lines } = answerTable(report)
  const text = papaparse.unparse(
    { fields: [...columns], data: lines.map((line) => [...line]) },
    { newline: '\n', escapeFormulae: formula },
  )
  // Excel takes a file for UTF-8 only with this mark.
  return `\uFEFF${text}\n`
}

/** What a spreadsheet would compute, unless it is a number. An apostrophe makes it text. */
const formula = /^(?:[=@\t\r]|[+-](?!\d*[.,]?\d+$))/u
