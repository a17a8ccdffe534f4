import type { Report } from '../../src/main/templates/reports/report.ts'
import type { Template } from '../../src/shared/domain/template/template.ts'
import type { RowResult, RunRecord } from '../../src/shared/domain/testRun/run.ts'
import type { TestRow } from '../../src/shared/domain/testRun/testSet.ts'
import { evidenceOf } from './runEvidence.ts'
import { madeArm } from './runResults.ts'
import { labelTemplate } from './templates.ts'
import { judgeRun } from '../../src/shared/domain/testRun/verdict/judgeRun.ts'

/** A report of one arm, with figures and verdict as the app computes them. */
export function madeReport(
  results: readonly RowResult[],
  rows: readonly TestRow[],
  own: Partial<Report> & { readonly template?: Template; readonly armName?: string } = {},
): Report {
  const { template = labelTemplate(), armName = 'Few-shot', ...patch } = own
  const arm = madeArm('few-shot', { name: armName })
  const plan = { kind: 'test', versions: [1], method: 'generate' } as const
  const evidence = evidenceOf(plan, [[arm, results]], { template })
  const record: RunRecord = {
    schema: 1,
    id: 'r',
    template: 't',
    plan: { ...plan, versions: [1] },
    arms: [arm],
    testSet: { id: 's', name: 'Rows' },
    rows: rows.map(({ id }) => id),
    model: null,
    embedder: 'fake',
    decoding: template.decoding,
    appVersion: '0.0.0',
    startedAt: '2026-01-02T03:04:05.000Z',
  }
  return {
    record,
    templates: new Map([[1, template]]),
    rows: new Map(rows.map((row) => [row.id, row])),
    results,
    judged: {
      arms: evidence.figures,
      comparisons: evidence.comparisons,
      verdict: judgeRun(evidence),
    },
    guards: [],
    allowUnjudged: false,
    ...patch,
  }
}
