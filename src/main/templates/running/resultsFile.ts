import type { RowResult } from '../../../shared/domain/testRun/run.ts'
import { openLineFile } from '../../disk/lineFile.ts'

/** Results of a run, one per line. The last line of a row and arm counts. */
export interface ResultsFile {
  /**
   * Appends a result. It survives a crash of the app at once, and a power cut after the next flush,
   * about a second later.
   *
   * @throws AppError `disk-full`; nothing of the line is kept then.
   */
  add(result: RowResult): Promise<void>
  close(): Promise<void>
}

/** Milliseconds between two flushes to the disk: a flush per row could take longer than the row. */
const flushEveryMs = 1_000

export async function openResultsFile(file: string): Promise<ResultsFile> {
  const lines = await openLineFile(file, { create: true, flushEveryMs })
  return {
    add: (result) => lines.append([result]),
    close: () => lines.close(),
  }
}
