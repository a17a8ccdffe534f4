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
    // Where this fails too, the next write replaces it.
    await rm(unfinished, { force: true }).catch(() => undefined)
    throw error
  }
  await syncNewName(file)
}

/**
 * Flushes a name that is in place. It is used from now on, so a failure here must not be taken for a
 * failed change: only a power cut in the next moments could bring the old state back.
 */
export async function syncNewName(file: string): Promise<void> {
  await syncDirectory(path.dirname(file)).catch(() => undefined)
}

/**
 * Makes a folder, with those that lead to it, unless it is there.
 *
 * @throws AppError `disk-full`, `permission-denied`; `invalid-input` where there is a file.
 */
export async function makeFolder(folder: string): Promise<void> {
  await explainingWrites(() => mkdir(folder, { recursive: true }).catch(fileInPlace(folder)))
}

/**
 * Removes a file, or a folder with all that is in it, if it is there.
 *
 * @throws AppError as `explainWrite`.
 */
export async function remove(place: string): Promise<void> {
  await explainingWrites(() => rm(place, { recursive: true, force: true }))
}

/** Begins the name of a folder that is being removed; the next start removes what is left of it. */
export const goingPrefix = '.removed-'

/**
 * Removes a folder with all that is in it. A kill leaves it whole, or under a name that begins with
 * `goingPrefix`.
 *
 * @throws AppError as `explainWrite`.
 */
export async function removeWhole(folder: string): Promise<void> {
  const going = path.join(path.dirname(folder), goingPrefix + path.basename(folder))
  await move(folder, going)
  await remove(going)
}

/**
 * Moves a file or folder on the same disk.
 *
 * @throws AppError as `explainWrite`.
 */
export async function move(from: string, to: string): Promise<void> {
  await explainingWrites(() => renamePatiently(from, to))
}

/** Windows refuses to rename while a virus scanner or an indexer has the file open for a moment. */
async function renamePatiently(from: string, to: string): Promise<void> {
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
