import papaparse from 'papaparse'
import { expect, it } from 'vitest'
import { exportRun } from '../../../../src/main/templates/running/exportRun.ts'
import type { OpenRun } from '../../../../src/main/templates/running/openRun.ts'
import type { RunRecord } from '../../../../src/shared/domain/testRun/run.ts'
import { madeResult } from '../../../helpers/runResults.ts'

it('writes no formulas, the mark that Excel needs, and each field that is judged', async () => {
  const made = madeResult(1, { reply: '=HYPERLINK("x")' })
  const field = (correct: boolean) => ({ correct, tokenF1: null, classes: null })
  const result = {
    ...made,
    check: { ...made.check, value: { a: '@sum', b: -5 } },
    score: { exactMatch: false, fields: { a: field(true), b: field(false) } },
  }
  const values = { INPUT: '-1+2', OTHER: '-1.5' }
  const rows = new Map([[result.row, { id: result.row, values, expected: null, included: null }]])
  const run = { rows, resultsOf: () => Promise.resolve([result]) } as unknown as OpenRun
  const record = { id: 'r', template: 't', arms: [{ id: result.arm }] } as unknown as RunRecord
  const { text } = await exportRun(record, run, 'csv')
  expect(text.startsWith('\uFEFF')).toBe(true)
  const { data } = papaparse.parse(text.slice(1), { header: true, skipEmptyLines: true })
  expect(data).toMatchObject([
    {
      INPUT: "'-1+2",
      OTHER: '-1.5',
      output: '\'=HYPERLINK("x")',
      'given a': "'@sum",
      'right a': 'true',
      'given b': '-5',
      'right b': 'false',
    },
  ])
})
