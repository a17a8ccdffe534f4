import { randomUUID } from 'node:crypto'
import { open, unlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { InvalidArgumentError } from 'commander'
import {
  reportKind,
  reportKinds,
  type ReportKind,
} from '../../shared/domain/testRun/reportKinds.ts'
import type { RunRecord } from '../../shared/domain/testRun/run.ts'
import { listed } from '../../shared/domain/listed.ts'
import { AppError } from '../../shared/errors.ts'
import type { App } from '../app.ts'
import { appVersion } from '../config/version.ts'
import { systemErrorCode } from '../disk/systemError.ts'
import type { Guard, Report } from '../templates/reports/report.ts'
import { writeReport } from '../templates/reports/writeReport.ts'
import type { Tested } from './templateTest.ts'

/** A file that a test is written to when it has ended. */
export interface ReportFile {
  readonly file: string
  readonly kind: ReportKind
}

/** @throws InvalidArgumentError that names the endings that there are. */
export function reportFile(file: string, before: readonly ReportFile[]): readonly ReportFile[] {
  const kind = reportKind.safeParse(path.extname(file).slice(1).toLowerCase())
  if (kind.success) return [...before, { file, kind: kind.data }]
  throw new InvalidArgumentError(
    `The file must end with ${listed(reportKinds.map((one) => `.${one}`))}.`.replace(
      ' and ',
      ' or ',
    ),
  )
}

/**
 * Finds out whether the files can be written, before hours of work; an existing file stays as it
 * is.
 *
 * @throws AppError `invalid-input` that names the first one that can't.
 */
export async function checkReportFiles(files: readonly ReportFile[]): Promise<void> {
  for (const [index, { file }] of files.entries()) {
    const whole = path.resolve(file)
    if (files.slice(0, index).some((one) => path.resolve(one.file) === whole)) {
      throw new AppError('invalid-input', `${file} is named twice. Name each report once.`)
    }
    await checkWritable(file)
  }
}

async function checkWritable(file: string): Promise<void> {
  try {
    const isNew = await openNew(file)
    if (isNew) await unlink(file)
    else await (await open(file, 'r+')).close()
  } catch (error) {
    throw unwritable(file, error)
  }
}

/** @returns whether the file was made, and not there before. */
async function openNew(file: string): Promise<boolean> {
  try {
    await (await open(file, 'wx')).close()
    return true
  } catch (error) {
    if (systemErrorCode(error) === 'EEXIST') return false
    throw error
  }
}

/** By the system's code of the error. */
const reasons: Readonly<Partial<Record<string, string>>> = {
  ENOENT: 'its folder does not exist',
  ENOTDIR: 'its folder is a file',
  EISDIR: 'it is a folder',
  EACCES: 'its permissions do not allow it',
  EPERM: 'its permissions do not allow it',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
}

function unwritable(file: string, error: unknown): unknown {
  const reason = reasons[systemErrorCode(error) ?? '']
  if (reason === undefined) return error
  const message = `The report ${file} can't be written: ${reason}. Choose another file.`
  return new AppError('invalid-input', message, { cause: error })
}

/** A finished test as a report. The hash of a large model takes half a minute, once. */
export async function reportOf(
  app: App,
  tested: Tested,
  rowsFile: string,
  demanded: { readonly guards: readonly Guard[]; readonly allowUnjudged: boolean },
  signal: AbortSignal,
): Promise<Report> {
  const { rows, templates, results, judged } = tested
  return {
    record: await recordOf(app, tested, rowsFile, signal),
    templates,
    rows: new Map(rows.map((row) => [row.id, row])),
    results,
    judged,
    ...demanded,
  }
}

async function recordOf(
  app: App,
  { found, plan, arms, notRun, rows, model, models, startedAt }: Tested,
  rowsFile: string,
  signal: AbortSignal,
): Promise<RunRecord> {
  const { hashes, running } = app.templates
  return {
    schema: 1,
    id: randomUUID(),
    template: found.id,
    plan,
    arms: [...arms],
    notRun,
    testSet: { id: rowsFile, name: path.basename(rowsFile) },
    rows: rows.map(({ id }) => id),
    model:
      model === null
        ? null
        : {
            file: model.file,
            name: model.name,
            contextSize: model.contextSize,
            sha256: await hashes.of(model.file, signal),
          },
    ...(models === null ? {} : { models }),
    embedder: running.inBackground.embedder.id,
    decoding: found.template.decoding,
    appVersion,
    startedAt,
  }
}

/** @throws AppError if a file can't be written any more; those before it are written. */
export async function writeReports(files: readonly ReportFile[], report: Report): Promise<void> {
  for (const { file, kind } of files) {
    const content = await writeReport(report, kind)
    try {
      await writeFile(file, content)
    } catch (error) {
      throw unwritable(file, error)
    }
  }
}
