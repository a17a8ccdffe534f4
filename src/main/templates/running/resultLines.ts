import { rowResult, type RowResult } from '../../../shared/domain/testRun/run.ts'
import { parseJson } from '../../disk/jsonFile.ts'
import { readLineFile } from '../../disk/lineFile.ts'
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

/** Finds the lines of a file; none where there is no file. Of two for a row and arm the later holds. */
export async function findResultLines(file: string): Promise<ResultLines> {
  const lines: ResultLines = new Map()
  await readLineFile(file, (line) => {
    const place = placeOf(line)
    // Left in the file. The row is answered again, as if it had no line.
    if (place === undefined) return false
    const own = lines.get(place.arm) ?? new Map<string, Buffer>()
    own.set(place.row, line)
    lines.set(place.arm, own)
    return true
  })
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

function placeOf(line: Buffer): Pick<RowResult, 'arm' | 'row'> | undefined {
  const [, arm, row] = head.exec(line.toString('utf8', 0, headBytes)) ?? []
  if (arm !== undefined && row !== undefined) return { arm, row }
  // Written by hand, or with ids that JSON writes in another way.
  return readLine(line)
}
