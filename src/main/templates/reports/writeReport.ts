import type { ReportKind } from '../../../shared/domain/testRun/reportKinds.ts'
import { csvReport } from './csvReport.ts'
import { htmlReport } from './htmlReport.ts'
import { jsonReport } from './jsonReport.ts'
import { junitReport } from './junitReport.ts'
import type { Report } from './report.ts'
import { xlsxReport } from './xlsxReport.ts'

type Writer = (report: Report) => string | Promise<Uint8Array>

const writers: Readonly<Record<ReportKind, Writer>> = {
  csv: csvReport,
  xlsx: xlsxReport,
  html: htmlReport,
  json: jsonReport,
  xml: junitReport,
}

/** A run in one of the forms, as the text or the bytes of its file. */
export async function writeReport(report: Report, kind: ReportKind): Promise<string | Uint8Array> {
  return writers[kind](report)
}

export const mediaTypes: Readonly<Record<ReportKind, string>> = {
  csv: 'text/csv',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  html: 'text/html',
  json: 'application/json',
  xml: 'application/xml',
}
