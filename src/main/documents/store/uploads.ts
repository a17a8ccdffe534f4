import { randomUUID } from 'node:crypto'
import { copyFile, link, readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { unfinishedUpload } from '../../disk/paths.ts'
import { makeFolder, move, remove, syncDirectory, syncFile } from '../../disk/durableFile.ts'
import { systemErrorCode, whenMissing } from '../../disk/systemError.ts'
import { explainingWrites } from '../../disk/writeErrors.ts'

export interface Upload {
  readonly id: string
  /** The path to write the bytes to. */
  readonly file: string
}

/**
 * Uploaded files, which have no path of their own. They are in the spool folder under the id of
 * their row until they are indexed, then among the originals under the hash of their content.
 */
export interface Uploads {
  create(): Promise<Upload>
  /** The path of an upload that isn't indexed yet. @returns null for an unknown id. */
  spooled(id: string): Promise<string | null>
  /**
   * Stores a permanent copy, with the file name's extension. The one in the spool stays.
   *
   * @throws AppError `disk-full`, `permission-denied`.
   */
  keep(id: string, contentId: string, name: string): Promise<void>
  /** The kept copy of a content. */
  original(contentId: string): string | null
  originals(): readonly string[]
  /** Puts the kept copy of a content into the spool again, under the id of a row. */
  spoolAgain(id: string, contentId: string): Promise<void>
  discard(id: string): Promise<void>
  removeOriginal(contentId: string): Promise<void>
  /** Moves the kept copy of a content into a folder that exists. */
  moveOriginal(contentId: string, folder: string): Promise<void>
  /** Moves a file in as the kept copy of a content. @throws AppError `disk-full`, `permission-denied`. */
  adoptOriginal(contentId: string, file: string): Promise<void>
  /** Moves a file into the spool, under the id of a row. @throws AppError as `adoptOriginal`. */
  adoptWaiting(id: string, file: string): Promise<void>
  /** Ids of the uploads in the spool. */
  waiting(): Promise<readonly string[]>
  /** Removes uploads that a process didn't receive completely before it ended. */
  removeUnfinished(): Promise<void>
  /** Moves an upload out of the spool, into a folder that exists. */
  moveWaiting(id: string, folder: string): Promise<void>
}

const uploadId = /^[0-9a-f-]{36}$/

export async function openUploads(spool: string, originals: string): Promise<Uploads> {
  const folder = path.join(spool, 'uploads')
  await makeFolder(folder)
  await makeFolder(originals)
  const kept = new Map<string, string>()
  for (const name of await readdir(originals)) {
    if (name.endsWith(unfinishedCopy)) await remove(path.join(originals, name))
    else kept.set(path.parse(name).name, path.join(originals, name))
  }

  return {
    create() {
      const id = randomUUID()
      return Promise.resolve({ id, file: path.join(folder, id) })
    },
    async spooled(id) {
      if (!uploadId.test(id)) return null
      const file = path.join(folder, id)
      const stats = await stat(file).catch(whenMissing(null))
      return stats?.isFile() === true ? file : null
    },
    async keep(id, contentId, name) {
      const from = path.join(folder, id)
      if (kept.has(contentId)) return
      const extension = /\.[a-z0-9]{1,10}$/.exec(name.toLowerCase())?.[0] ?? ''
      const to = path.join(originals, contentId + extension)
      await syncFile(from)
      await explainingWrites(() => linkOrCopy(from, to))
      kept.set(contentId, to)
      await syncDirectory(originals)
    },
    original: (contentId) => kept.get(contentId) ?? null,
    originals: () => [...kept.keys()],
    async spoolAgain(id, contentId) {
      const file = kept.get(contentId)
      if (file !== undefined) await explainingWrites(() => linkOrCopy(file, path.join(folder, id)))
    },
    discard: (id) => remove(path.join(folder, id)),
    async removeOriginal(contentId) {
      const file = kept.get(contentId)
      if (file === undefined) return
      await remove(file)
      kept.delete(contentId)
    },
    async moveOriginal(contentId, folder) {
      const file = kept.get(contentId)
      if (file === undefined) return
      await move(file, path.join(folder, path.basename(file)))
      kept.delete(contentId)
    },
    async adoptOriginal(contentId, file) {
      const to = path.join(originals, contentId + path.extname(file))
      await move(file, to)
      await syncDirectory(originals)
      kept.set(contentId, to)
    },
    async adoptWaiting(id, file) {
      await move(file, path.join(folder, id))
      await syncDirectory(folder)
    },
    waiting: async () => (await readdir(folder)).filter((name) => uploadId.test(name)),
    async removeUnfinished() {
      for (const name of await readdir(folder)) {
        const isUnfinished = name.endsWith(unfinishedUpload) || name.endsWith(unfinishedCopy)
        if (isUnfinished) await remove(path.join(folder, name))
      }
    },
    async moveWaiting(id, to) {
      await move(path.join(folder, id), path.join(to, id))
    },
  }
}

/** Ends the name of a file that is being copied; no extension of a file looks like it. */
const unfinishedCopy = '.copy-unfinished'

/** A hard link is free, but not all file systems support them. */
async function linkOrCopy(from: string, to: string): Promise<void> {
  await remove(to)
  try {
    await link(from, to)
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') throw error
    // Under a temporary name first, so that a partial copy isn't mistaken for the file.
    const unfinished = to + unfinishedCopy
    await copyFile(from, unfinished)
    await syncFile(unfinished)
    await move(unfinished, to)
  }
}
