import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { runRecord, runStatus, type RunRecord } from '../../../shared/domain/testRun/run.ts'
import { testRow, type TestRow } from '../../../shared/domain/testRun/testSet.ts'
import {
  goingPrefix,
  makeFolder,
  remove,
  removeWhole,
  replaceFile,
} from '../../disk/durableFile.ts'
import { parseJson, readJsonFile, writeJsonFile, type Notice } from '../../disk/jsonFile.ts'
import { whenMissing } from '../../disk/systemError.ts'
import { createTimeSlices } from '../../flow/timeSlices.ts'

export const runState = z.object({
  status: runStatus,
  message: z.string().nullable(),
  /** Counts of answers and failed ones, so that listing a run doesn't need its results. */
  done: z.number().int(),
  failed: z.number().int(),
})
type StoredState = Readonly<z.infer<typeof runState>>
export type RunState = Pick<StoredState, 'status' | 'message'>

/** A run on the disk: its record, a copy of its rows, its state and its results. */
export interface RunFolder {
  readonly directory: string
  readonly record: RunRecord
  /** The last written state; during a run the results are ahead of it. */
  readonly state: StoredState
}

/** Paths of the files of a run. */
export function runFiles(directory: string) {
  return {
    record: path.join(directory, 'run.json'),
    state: path.join(directory, 'state.json'),
    rows: path.join(directory, 'rows.jsonl'),
    results: path.join(directory, 'results.jsonl'),
  } as const
}

export function resultsOf({ directory }: Pick<RunFolder, 'directory'>): string {
  return runFiles(directory).results
}

/** Creates the folder of a new run. The rows are copied, since the test set may change later. */
export async function createRunFolder(
  directory: string,
  record: RunRecord,
  rows: readonly TestRow[],
): Promise<void> {
  await makeFolder(directory)
  await replaceFile(
    runFiles(directory).rows,
    rows.map((row) => `${JSON.stringify(row)}\n`).join(''),
  )
  await writeState(directory, { status: 'waiting', message: null, done: 0, failed: 0 })
  // Written last: a folder without this file doesn't count as a run.
  await writeRecord(directory, record)
}

export async function writeRecord(directory: string, record: RunRecord): Promise<void> {
  await writeJsonFile(runFiles(directory).record, record)
}

export async function writeState(directory: string, state: StoredState): Promise<void> {
  await writeJsonFile(runFiles(directory).state, state)
}

export async function readRows(directory: string): Promise<readonly TestRow[]> {
  const text = await readFile(runFiles(directory).rows, 'utf8')
  const rows: TestRow[] = []
  const slices = createTimeSlices()
  for (const line of text.split('\n')) {
    if (slices.due()) await slices.pause()
    const row = parseJson(line, testRow)
    if (row !== undefined) rows.push(row)
  }
  return rows
}

export async function removeRunFolder(directory: string): Promise<void> {
  await removeWhole(directory)
}

/** The state if the file is missing or unreadable: as running, so that the results are counted. */
const lost: StoredState = { status: 'running', message: null, done: 0, failed: 0 }

/** All runs in a folder of templates: `TEMPLATE/runs/RUN`. */
export async function findRuns(templatesDir: string, notice: Notice): Promise<RunFolder[]> {
  const runs: RunFolder[] = []
  for (const template of await names(templatesDir)) {
    const parent = path.join(templatesDir, template, 'runs')
    for (const name of await names(parent)) {
      const directory = path.join(parent, name)
      if (name.startsWith(goingPrefix)) {
        await remove(directory)
        continue
      }
      const files = runFiles(directory)
      const record = await readJsonFile(files.record, runRecord, notice)
      if (record === undefined) continue
      const state = await readJsonFile(files.state, runState, notice)
      runs.push({ directory, record, state: state ?? lost })
    }
  }
  return runs
}

async function names(directory: string): Promise<readonly string[]> {
  const found = await readdir(directory, { withFileTypes: true }).catch(whenMissing([]))
  return found.filter((one) => one.isDirectory()).map(({ name }) => name)
}
