import { cutAt } from '../../../shared/domain/shortened.ts'
import { answerTable, type Cell } from './answerTable.ts'
import { figureTable } from './figureTable.ts'
import type { Report } from './report.ts'

/** Excel takes a workbook with a longer text in a cell for a damaged one. */
const longestCell = 32_767

/** A workbook of three sheets: answers, figures and verdict. No cell is a formula. */
export async function xlsxReport(report: Report): Promise<Uint8Array> {
  const { writeXlsx } = await import('hucre/xlsx')
  const { verdict, comparisons } = report.judged
  const sentences = [
    verdict.headline,
    ...verdict.details.map(({ sentence }) => sentence),
    ...comparisons.map(({ sentence }) => sentence),
    ...report.guards.flatMap(({ problem }) => problem ?? []),
  ]
  const verdictTable = { columns: ['verdict'], lines: sentences.map((sentence) => [sentence]) }
  return writeXlsx({
    sheets: [
      sheetOf('Answers', answerTable(report)),
      sheetOf('Figures', figureTable(report)),
      sheetOf('Verdict', verdictTable),
    ],
  })
}

function sheetOf(
  name: string,
  {
    columns,
    lines,
  }: { readonly columns: readonly string[]; readonly lines: readonly (readonly Cell[])[] },
) {
  return {
    name,
    rows: [columns, ...lines].map((line) => line.map(xlsxCell)),
    freezePane: { rows: 1 },
  }
}

/** A text cell is text to Excel, whatever it begins with; only its characters need care. */
function xlsxCell(cell: Cell): Cell {
  if (typeof cell !== 'string') return cell
  const written = cutAt(cell, longestCell).replace(/[\p{Cs}\uFFFE\uFFFF]/gu, '\uFFFD')
  // `_x0041_` means the letter A to Excel, so an underscore before such a code is itself written so.
  return written.replace(/_(?=x[\da-f]{4}_)/giu, '_x005F_')
}
