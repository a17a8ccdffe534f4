import type { ExportedRun } from '../../../shared/contract/testRuns.ts'
import type { ReportKind } from '../../../shared/domain/testRun/reportKinds.ts'
import type { RowResult, RunRecord } from '../../../shared/domain/testRun/run.ts'
import { mediaTypes, writeReport } from '../reports/writeReport.ts'
import type { OpenRun } from './openRun.ts'

/** Exports a run as a file. */
export async function exportRun(
  record: RunRecord,
  run: OpenRun,
  kind: ReportKind,
): Promise<ExportedRun> {
  const results: RowResult[] = []
  for (const { id } of record.arms) results.push(...(await run.resultsOf(id)))
  const { rows, templates } = run
  const judged = await run.judge()
  const report = { record, templates, rows, results, judged, guards: [], allowUnjudged: false }
  const written = await writeReport(report, kind)
  return {
    name: `${record.template}-${record.id}.${kind}`,
    mediaType: mediaTypes[kind],
    ...(typeof written === 'string'
      ? { text: written, base64: null }
      : { text: null, base64: Buffer.from(written).toString('base64') }),
  }
}
