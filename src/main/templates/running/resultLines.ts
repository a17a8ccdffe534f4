import { rowResult, type RowResult } from '../../../shared/domain/testRun/run.ts'
import { parseJson } from '../../disk/jsonFile.ts'
import { readLineFile } from '../../disk/lineFile.ts'
import { createTimeSlices } from '../../flow/timeSlices.ts'

/**
 * The unparsed lines of a run's results, by arm and row. Parsing 100,000 of them takes seconds, and
 * usually only one arm is needed.
 */
export type ResultLines = Map<string, Map<string, Buffer>>

/** Start of a line as `JSON.stringify` writes a result. */
const head = /^\{"arm":"([^"\\]*)","row":"([^"\\]*)"/u
/** Number of bytes in which the head of a line is searched for. */
const headBytes = 120

/** Finds the lines of a file; empty if there is no file. The last line of a row and arm counts. */
export async function findResultLines(file: string): Promise<ResultLines> {
  const lines: ResultLines = new Map()
  await readLineFile(file, (line) => {
    const place = placeOf(line)
    // Ignored but left in the file; the row is answered again.
    if (place === undefined) return false
    const own = lines.get(place.arm) ?? new Map<string, Buffer>()
    own.set(place.row, line)
    lines.set(place.arm, own)
    return true
  })
  return lines
}

/** @returns undefined for an invalid line. */
export function readLine(line: Buffer): RowResult | undefined {
  return parseJson(line.toString('utf8'), rowResult)
}

/** Number of answered rows, and how many of these failed. */
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
  // Written by hand, or with ids that JSON escapes.
  return readLine(line)
}
