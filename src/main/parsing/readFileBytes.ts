import { open, type FileHandle } from 'node:fs/promises'
import { AppError } from '../../shared/errors.ts'
import { toDisk } from '../disk/diskPath.ts'
import { explainRead } from '../disk/readErrors.ts'

/**
 * Reads a whole file.
 *
 * @throws AppError `document-too-large` above `limit` bytes, `not-found`, `permission-denied`,
 * `document-unreadable`.
 */
export async function readFileBytes(file: string, limit: number): Promise<Uint8Array> {
  let handle: FileHandle | undefined
  try {
    handle = await open(toDisk(file), 'r')
    const stat = await handle.stat()
    if (!stat.isFile()) throw new AppError('document-unreadable', 'This is not a file.')
    if (stat.size > limit) throw tooLarge(limit)
    return await handle.readFile()
  } catch (error) {
    throw explain(error)
  } finally {
    await handle?.close()
  }
}

function tooLarge(limit: number): AppError {
  return new AppError(
    'document-too-large',
    `This file is larger than ${Math.floor(limit / 1024 / 1024)} MB. Split it into smaller files and add those.`,
  )
}

function explain(error: unknown): AppError {
  if (error instanceof AppError) return error
  const { code, message } = explainRead(error)
  return new AppError(code, message, { cause: error })
}
