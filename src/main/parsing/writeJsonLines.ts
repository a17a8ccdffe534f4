import { createWriteStream } from 'node:fs'
import path from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { AppError } from '../../shared/errors.ts'

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
      yield `${JSON.stringify(value)}\n`
    }
  }
  try {
    await pipeline(Readable.from(lines()), createWriteStream(path.join(folder, name)))
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ENOSPC') {
      throw new AppError('disk-full', 'The disk is full. Make some room, then try again.', {
        cause: error,
      })
    }
    throw error
  }
  return count
}
