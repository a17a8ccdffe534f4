import { mkdir, open, rename, rm, type FileHandle } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { systemErrorCode } from './systemError.ts'
import { explainingWrites, explainWrite } from './writeErrors.ts'
import { fileInPlace } from './wrongKind.ts'

/** Writes to one file one after another: they share the name of the unfinished copy. */
const writing = new Map<string, Promise<void>>()

/**
 * Replaces a file's content in one step: after a crash or a power cut the file has either the old
 * content or the new one, complete. Written here and not with write-file-atomic, which ignores how
 * many bytes the system took, so that on a nearly full disk it replaces a good file by a truncated
 * one; it does not flush the folder either.
 *
 * @throws AppError `disk-full`, `permission-denied`; the old content is still there then.
 */
export function replaceFile(
  file: string,
  data: string | Uint8Array | AsyncIterable<string>,
): Promise<void> {
  const turn = (writing.get(file) ?? Promise.resolve()).then(
    () => explainingWrites(() => replaceNow(file, data)),
    () => explainingWrites(() => replaceNow(file, data)),
  )
  writing.set(file, turn)
  const forget = (): void => {
    if (writing.get(file) === turn) writing.delete(file)
  }
  turn.then(forget, forget)
  return turn
}

async function replaceNow(
  file: string,
  data: string | Uint8Array | AsyncIterable<string>,
): Promise<void> {
  const unfinished = `${file}.tmp`
  try {
    const handle = await open(unfinished, 'w')
    try {
      await handle.writeFile(data)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await renamePatiently(unfinished, file)
  } catch (error) {
    await rm(unfinished, { force: true })
    throw error
  }
  await syncDirectory(path.dirname(file))
}

/**
 * Makes a folder, with those that lead to it, unless it is there.
 *
 * @throws AppError `disk-full`, `permission-denied`; `invalid-input` where there is a file.
 */
export async function makeFolder(folder: string): Promise<void> {
  await explainingWrites(() => mkdir(folder, { recursive: true }).catch(fileInPlace(folder)))
}

/** Windows refuses to rename while a virus scanner or an indexer has the file open for a moment. */
export async function renamePatiently(from: string, to: string): Promise<void> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      await rename(from, to)
      return
    } catch (error) {
      const busy = process.platform === 'win32' && isBusy(error)
      if (!busy || attempt === 5) throw error
      await delay(20 * 2 ** attempt)
    }
  }
}

function isBusy(error: unknown): boolean {
  const code = systemErrorCode(error)
  return code === 'EPERM' || code === 'EACCES' || code === 'EBUSY'
}

/** Makes new names in a folder survive a power cut. Windows does so by itself and has no call. */
export async function syncDirectory(directory: string): Promise<void> {
  if (process.platform === 'win32') return
  await syncFile(directory)
}

/**
 * Flushes what was written to a file, by whichever process, to the disk.
 *
 * @throws AppError `disk-full`, `permission-denied`.
 */
export async function syncFile(file: string): Promise<void> {
  let handle: FileHandle | undefined
  try {
    handle = await open(file, 'r')
    await handle.sync()
  } catch (error) {
    throw explainWrite(error)
  } finally {
    await handle?.close()
  }
}
