import type { RunRecord, RunSummary } from '../../../shared/domain/testRun/run.ts'
import type { RunState } from './runFolder.ts'

/** Counts how far a run has come. */
export interface RunProgress {
  begin(arm: string): void
  /** @param took milliseconds. */
  add(failed: boolean, took: number): void
  /** Takes failed answers back, to be given anew. */
  takeBack(failed: number): void
  counts(): { readonly done: number; readonly failed: number }
  summary(state: RunState): RunSummary
}

/** The time left is reckoned from so many answers. */
const remembered = 50

export function createRunProgress(
  record: RunRecord,
  before: { readonly done: number; readonly failed: number },
): RunProgress {
  const { rows, ...rest } = record
  const total = rows.length * record.arms.length
  let { done, failed } = before
  let arm: string | null = null
  let recent: number[] = []

  return {
    begin(next) {
      arm = next
      // Arms differ in what a row takes.
      recent = recent.slice(-5)
    },
    add(hasFailed, took) {
      done += 1
      if (hasFailed) failed += 1
      recent = [...recent.slice(1 - remembered), took]
    },
    takeBack(count) {
      done -= count
      failed -= count
    },
    counts: () => ({ done, failed }),
    summary({ status, message }) {
      const isRunning = status === 'running'
      const mean = recent.reduce((sum, ms) => sum + ms, 0) / recent.length / 1_000
      return {
        record: { ...rest, rowCount: rows.length },
        status,
        done,
        total,
        failed,
        secondsLeft: isRunning && recent.length > 0 ? mean * (total - done) : null,
        arm: isRunning ? arm : null,
        message,
      }
    },
  }
}
