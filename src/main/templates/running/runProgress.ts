import type { RunRecord, RunSummary } from '../../../shared/domain/testRun/run.ts'
import type { RunState } from './runFolder.ts'

/** Counts the answers of a run, and estimates the time left. */
export interface RunProgress {
  begin(arm: string): void
  /** @param took milliseconds. */
  add(failed: boolean, took: number): void
  /** Subtracts failed answers that are to be repeated. */
  takeBack(failed: number): void
  /** Replaces the counts, after results were lost. */
  recount(now: { readonly done: number; readonly failed: number }): void
  counts(): { readonly done: number; readonly failed: number }
  summary(state: RunState): RunSummary
}

/** Number of recent answers that the time left is estimated from. */
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
      // Arms take different times per row: keep only a few of the old times.
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
    recount(now) {
      done = now.done
      failed = now.failed
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
