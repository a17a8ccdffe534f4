import { z } from 'zod'

/**
 * The forms in which a run is written to a file, named after the ending of the file: answers as a
 * table (`csv`), a workbook (`xlsx`), a page to read (`html`), all that a rerun needs (`json`), and
 * JUnit for build servers (`xml`).
 */
export const reportKinds = ['csv', 'xlsx', 'html', 'json', 'xml'] as const
export const reportKind = z.enum(reportKinds)
export type ReportKind = z.infer<typeof reportKind>
