import type { RowResult } from '../../../shared/domain/testRun/run.ts'
import { openLineFile } from '../../disk/lineFile.ts'

/** Results of a run, a line each. Of two lines for the same row and arm the later one holds. */
export interface ResultsFile {
  /**
   * Appends a result. It outlives the app at once, and a power cut about a second later.
   *
   * @throws AppError `disk-full`; nothing of the line is kept then.
   */
  add(result: RowResult): Promise<void>
  close(): Promise<void>
}

/** Milliseconds between two flushes to the disk: one a row would cost more than some rows. */
const flushEveryMs = 1_000

export async function openResultsFile(file: string): Promise<ResultsFile> {
  const lines = await openLineFile(file, { create: true, flushEveryMs })
  return {
    add: (result) => lines.append([result]),
    close: () => lines.close(),
  }
}
