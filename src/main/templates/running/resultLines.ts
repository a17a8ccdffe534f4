import { readFile } from 'node:fs/promises'
import { rowResult, type RowResult } from '../../../shared/domain/testRun/run.ts'
import { parseJson } from '../../disk/jsonFile.ts'
import { whenMissing } from '../../disk/systemError.ts'
import { createTimeSlices } from '../../flow/timeSlices.ts'

/**
 * The lines of a run's results, found but not read: by arm, and in it by row. To read and check
 * 100,000 of them takes seconds, and whoever looks at one arm needs its lines only.
 */
export type ResultLines = Map<string, Map<string, Buffer>>

/** How lines begin, as `JSON.stringify` writes a result. */
const head = /^\{"arm":"([^"\\]*)","row":"([^"\\]*)"/u
/** Bytes in which the head of a line is looked for. */
const headBytes = 120
const newline = 0x0a

/** Finds the lines of a file; none where there is no file. Of two for a row and arm the later holds. */
export async function findResultLines(file: string): Promise<ResultLines> {
  const lines: ResultLines = new Map()
  const bytes = await readBytes(file)
  const slices = createTimeSlices()
  for (let start = 0; start < bytes.length;) {
    if (slices.due()) await slices.pause()
    const found = bytes.indexOf(newline, start)
    const end = found === -1 ? bytes.length : found
    const line = bytes.subarray(start, end)
    start = end + 1
    const place = placeOf(line)
    if (place === null) continue
    const own = lines.get(place.arm) ?? new Map<string, Buffer>()
    own.set(place.row, line)
    lines.set(place.arm, own)
  }
  return lines
}

/** @returns undefined for a line that cannot be read. */
export function readLine(line: Buffer): RowResult | undefined {
  return parseJson(line.toString('utf8'), rowResult)
}

/** How many rows are answered, and how many of these failed. */
export async function countResults(
  file: string,
): Promise<{ readonly done: number; readonly failed: number }> {
  let done = 0
  let failed = 0
  const slices = createTimeSlices()
  for (const lines of (await findResultLines(file)).values()) {
    for (const line of lines.values()) {
      if (slices.due()) await slices.pause()
      const result = readLine(line)
      if (result === undefined) continue
      done += 1
      if (result.error !== null) failed += 1
    }
  }
  return { done, failed }
}

function placeOf(line: Buffer): Pick<RowResult, 'arm' | 'row'> | null {
  const [, arm, row] = head.exec(line.toString('utf8', 0, headBytes)) ?? []
  if (arm !== undefined && row !== undefined) return { arm, row }
  // Written by hand, or with ids that JSON writes in another way.
  return line.length === 0 ? null : (readLine(line) ?? null)
}

function readBytes(file: string): Promise<Buffer> {
  return readFile(file).catch(whenMissing(Buffer.alloc(0)))
}
