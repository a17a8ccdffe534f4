import { createWriteStream } from 'node:fs'
import path from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { toLine } from '../disk/lineFile.ts'
import { explainingWrites } from '../disk/writeErrors.ts'

/**
 * Writes one JSON document a line, each made as it is written.
 *
 * @returns how many.
 * @throws AppError `disk-full`.
 */
export async function writeJsonLines(
  folder: string,
  name: string,
  values: Iterable<unknown>,
): Promise<number> {
  let count = 0
  function* lines(): Generator<string> {
    for (const value of values) {
      count += 1
      yield toLine(value)
    }
  }
  await explainingWrites(() =>
    pipeline(Readable.from(lines()), createWriteStream(path.join(folder, name))),
  )
  return count
}
