import type { RunRecord } from '../../../shared/domain/testRun/run.ts'
import { countResults } from './resultLines.ts'
import { resultsOf, type RunFolder, type RunState } from './runFolder.ts'
import { createRunProgress, type RunProgress } from './runProgress.ts'

/** A run in memory, without its results. */
export interface RunEntry {
  readonly directory: string
  readonly record: RunRecord
  readonly progress: RunProgress
  state: RunState
  /** Time of the last progress notification, in milliseconds as `performance.now` counts them. */
  announcedAt: number
  /** Failed answers to be repeated, by `resultKey`. */
  redone: Set<string>
}

export function newEntry(
  { directory, record }: Pick<RunFolder, 'directory' | 'record'>,
  before: { readonly done: number; readonly failed: number },
  state: RunState,
): RunEntry {
  const progress = createRunProgress(record, before)
  return { directory, record, progress, state, announcedAt: -Infinity, redone: new Set() }
}

export function resultKey(arm: string, row: string): string {
  return `${arm}\0${row}`
}

export async function toEntry(folder: RunFolder): Promise<RunEntry> {
  const { status, message, ...counts } = folder.state
  // It was running when the app ended, so the results file may have more answers than its state
  // says.
  const before = status === 'running' ? await countResults(resultsOf(folder)) : counts
  return newEntry(folder, before, { status, message })
}
