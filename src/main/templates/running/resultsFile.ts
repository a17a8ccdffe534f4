import { open, readFile, type FileHandle } from 'node:fs/promises'
import { rowResult, type RowResult } from '../../../shared/domain/testRun/run.ts'
import { diskFull, isDiskFull } from '../../config/diskFull.ts'
import { systemErrorCode } from '../../config/durableFile.ts'
import { parseJson } from '../../config/jsonFile.ts'
import { createTimeSlices } from '../../retrieval/timeSlices.ts'

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

/** Reads the results of a file; none where there is none. A line that cannot be read is left out. */
export async function readResults(file: string): Promise<readonly RowResult[]> {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return []
    throw error
  }
  const results: RowResult[] = []
  const slices = createTimeSlices()
  for (const line of text.split('\n')) {
    if (slices.due()) await slices.pause()
    const result = line === '' ? undefined : parseJson(line, rowResult)
    if (result !== undefined) results.push(result)
  }
  return results
}
