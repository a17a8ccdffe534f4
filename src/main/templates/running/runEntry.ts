import type { RunRecord } from '../../../shared/domain/testRun/run.ts'
import { countResults } from './resultLines.ts'
import { resultsOf, type RunFolder, type RunState } from './runFolder.ts'
import { createRunProgress, type RunProgress } from './runProgress.ts'

/** A run as it is known while its results lie on the disk. */
export interface RunEntry {
  readonly directory: string
  readonly record: RunRecord
  readonly progress: RunProgress
  state: RunState
}

export async function toEntry(folder: RunFolder): Promise<RunEntry> {
  const { directory, record } = folder
  const { status, message, ...counts } = folder.state
  // It was at work when the app ended: what it answered since its state was written counts too.
  const before = status === 'running' ? await countResults(resultsOf(folder)) : counts
  return {
    directory,
    record,
    progress: createRunProgress(record, before),
    state: { status, message },
  }
}
