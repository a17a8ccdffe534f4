import type { JudgedRun } from '../../../shared/domain/testRun/figures.ts'
import type { RunRecord, RunSummary } from '../../../shared/domain/testRun/run.ts'
import type { OpenRun } from './openRun.ts'

/** A run that can be read, finished or not. */
export interface ReadableRun {
  readonly record: RunRecord
  readonly summary: RunSummary
  /** Opens its results. */
  readonly open: () => Promise<OpenRun>
  /** Figures and verdict, which may be cached so that it needn't be opened. */
  readonly judge: () => Promise<JudgedRun>
}
