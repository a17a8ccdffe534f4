import fc from 'fast-check'
import papaparse from 'papaparse'
import { describe, expect, it } from 'vitest'
import { defaultTableLimits } from '../../../../src/main/parsing/parseLimits.ts'
import { readTable } from '../../../../src/main/parsing/tables/readTable.ts'
import { answerTable } from '../../../../src/main/templates/reports/answerTable.ts'
import { csvReport } from '../../../../src/main/templates/reports/csvReport.ts'
import { jsonReport } from '../../../../src/main/templates/reports/jsonReport.ts'
import type { Report } from '../../../../src/main/templates/reports/report.ts'
import { xlsxReport } from '../../../../src/main/templates/reports/xlsxReport.ts'
import { rowResult } from '../../../../src/shared/domain/testRun/run.ts'
import { testRow } from '../../../../src/shared/domain/testRun/testSet.ts'
import { madeReport } from '../../../helpers/madeReport.ts'
import { labelScore, madeResult } from '../../../helpers/runResults.ts'

const { signal } = new AbortController()

/** Texts that spreadsheets and separators trip over, beside any others. */
const texts = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    '=1+1',
    '@SUM(A1)',
    '+1',
    '-5',
    "'",
    '"',
    'a,b\r\nc',
    '007',
    '_x0041_',
    '\0\u001B',
    ' ',
  ),
)

const reports = fc
  .array(fc.record({ input: texts, expected: texts, reply: texts, right: fc.boolean() }), {
    minLength: 1,
    maxLength: 5,
  })
  .map((lines): Report => {
    const rows = lines.map(({ input, expected }, index) => ({
      id: `row-${String(index)}`,
      values: { INPUT: input },
      expected,
      included: null,
    }))
    const results = lines.map(({ reply, right }, index) =>
      madeResult(index, { reply, score: labelScore('yes', right ? 'yes' : 'no') }),
    )
    return madeReport(results, rows)
  })

/** A cell as text; a blank one is no text. */
const asText = (cell: unknown): string =>
  typeof cell === 'string' ? cell : cell == null ? '' : JSON.stringify(cell)

async function readAgain(name: string, bytes: Uint8Array): Promise<Record<string, string>[]> {
  const { columns, rows } = await readTable({ name, bytes }, defaultTableLimits, signal)
  return rows.map(({ cells }) =>
    Object.fromEntries(columns.map((column, at) => [column, asText(cells[at])])),
  )
}

/** What was written, as a reader that knows nothing but text has it. */
function written(report: Report, cell: (text: string) => string): Record<string, string>[] {
  const { columns, lines } = answerTable(report)
  return lines.map((line) =>
    Object.fromEntries(columns.map((column, at) => [column, cell(String(line[at] ?? ''))])),
  )
}

describe('reports that are read again', () => {
  it('as a workbook: every cell is the text that it was, and none is a formula', async () => {
    await fc.assert(
      fc.asyncProperty(reports, async (report) => {
        const read = await readAgain('run.xlsx', await xlsxReport(report))
        const unpaired = (text: string): string => text.replace(/[\p{Cs}\uFFFE\uFFFF]/gu, '\uFFFD')
        expect(read).toEqual(written(report, unpaired))
      }),
      { numRuns: 60 },
    )
  })

  it('as CSV: the same, but for the apostrophe that keeps a spreadsheet from computing', () => {
    fc.assert(
      fc.property(reports, (report) => {
        const { data } = papaparse.parse<Record<string, string>>(csvReport(report).slice(1), {
          header: true,
          skipEmptyLines: true,
        })
        const plain = (text: string): string => text.replace(/^'(?=[=@\t\r+-])/u, '')
        expect(data.map((line) => Object.values(line).map(plain))).toEqual(
          written(report, plain).map((line) => Object.values(line)),
        )
      }),
    )
  })

  it('as JSON: the same rows and answers', () => {
    fc.assert(
      fc.property(reports, (report) => {
        const read = JSON.parse(jsonReport(report)) as { rows: unknown[]; results: unknown[] }
        expect(read.rows.map((one) => testRow.parse(one))).toEqual([...report.rows.values()])
        expect(read.results.map((one) => rowResult.parse(one))).toEqual(report.results)
      }),
    )
  })
})

it('writes no formulas, the mark that Excel needs, and each field that is judged', () => {
  const made = madeResult(1, { reply: '=HYPERLINK("x")' })
  const field = (correct: boolean) => ({
    correct,
    why: 'By rule.',
    tokenF1: null,
    classes: null,
  })
  const result = {
    ...made,
    check: { ...made.check, value: { a: '@sum', b: -5 } },
    score: { exactMatch: false, fields: { a: field(true), b: field(false) } },
  }
  const values = { INPUT: '-1+2', OTHER: '-1.5' }
  const row = { id: result.row, values, expected: null, included: null }
  const text = csvReport(madeReport([result], [row]))
  expect(text.startsWith('\uFEFF')).toBe(true)
  const { data } = papaparse.parse(text.slice(1), { header: true, skipEmptyLines: true })
  expect(data).toMatchObject([
    {
      INPUT: "'-1+2",
      OTHER: '-1.5',
      output: '\'=HYPERLINK("x")',
      'given a': "'@sum",
      'right a': 'true',
      'why a': 'By rule.',
      'given b': '-5',
      'right b': 'false',
    },
  ])
})

it('has a column for each placeholder that any row has a value for', () => {
  const rows = [{ A: 'a' }, { B: 'b' }].map((values, index) => ({
    id: `row-${String(index)}`,
    values,
    expected: null,
    included: null,
  }))
  const { columns, lines } = answerTable(madeReport([madeResult(0), madeResult(1)], rows))
  const at = [columns.indexOf('A'), columns.indexOf('B')]
  expect(lines.map((line) => at.map((column) => line[column]))).toEqual([
    ['a', ''],
    ['', 'b'],
  ])
})

it('writes text into a workbook as text, whatever it begins with', async () => {
  const { readXlsx } = await import('hucre/xlsx')
  const row = { id: 'row-1', values: { INPUT: '=1+1' }, expected: null, included: null }
  const report = madeReport([madeResult(1, { reply: '=HYPERLINK("x")' })], [row])
  const { sheets } = await readXlsx(await xlsxReport(report), { readStyles: true })
  expect(sheets.map(({ name }) => name)).toEqual(['Answers', 'Figures', 'Verdict'])
  const cells = sheets.flatMap((sheet) => [...(sheet.cells?.values() ?? [])])
  expect(cells.filter(({ formula }) => formula !== undefined)).toEqual([])
  expect(sheets[0]?.rows[1]).toEqual(expect.arrayContaining(['=1+1', '=HYPERLINK("x")']))
})

it('cuts a text that Excel would call damage', async () => {
  const row = { id: 'row-1', values: { INPUT: 'x'.repeat(40_000) }, expected: null, included: null }
  const [read] = await readAgain('run.xlsx', await xlsxReport(madeReport([madeResult(1)], [row])))
  expect(read?.INPUT).toHaveLength(32_767)
})
