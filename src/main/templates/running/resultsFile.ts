import { open, type FileHandle } from 'node:fs/promises'
import type { RowResult } from '../../../shared/domain/testRun/run.ts'
import { diskFull, isDiskFull } from '../../disk/diskFull.ts'

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
const flushMs = 1_000

export async function openResultsFile(file: string): Promise<ResultsFile> {
  const handle = await open(file, 'a+')
  let end = await endOfLastLine(handle)
  let flushedAt = Date.now()
  return {
    async add(result) {
      const bytes = Buffer.from(`${JSON.stringify(result)}\n`)
      try {
        await handle.appendFile(bytes)
        end += bytes.length
        if (Date.now() - flushedAt < flushMs) return
        flushedAt = Date.now()
        await handle.datasync()
      } catch (error) {
        // Half a line would spoil the next whole one.
        await handle.truncate(end)
        throw isDiskFull(error) ? diskFull(error) : error
      }
    },
    async close() {
      try {
        await handle.datasync()
      } finally {
        await handle.close()
      }
    },
  }
}

/** Cuts off what a kill left of the last line. @returns the length then. */
async function endOfLastLine(handle: FileHandle): Promise<number> {
  const bytes = await handle.readFile()
  const end = bytes.lastIndexOf(0x0a) + 1
  if (end < bytes.length) await handle.truncate(end)
  return end
}
