import { readdir } from 'node:fs/promises'
import path from 'node:path'
import type { Page } from '../../../shared/domain/page.ts'
import { makeFolder, move, remove, syncDirectory, syncFile } from '../../disk/durableFile.ts'
import { whenMissing } from '../../disk/systemError.ts'
import {
  createContentPages,
  findInPages,
  readPages,
  type ContentPages,
  type FoundText,
  type StoredPage,
} from './contentPages.ts'
import { adoptPassages, countPassages, keepPassages } from './passageFiles.ts'

/**
 * The stored text of each content, in a folder of its own that appears and is deleted as a whole.
 * The files in it are those of the parser, `text.jsonl` and `layout.jsonl`, and for each index that
 * has the content, its passages (see `passagesFile`).
 */
export interface ContentStore {
  has(contentId: string): boolean
  contents(): readonly string[]
  /**
   * Takes over folders that the parser filled, by content; all is on the disk when this resolves.
   *
   * @throws AppError `disk-full`, `permission-denied`.
   */
  adopt(folders: ReadonlyMap<string, string>): Promise<void>
  remove(contentId: string): Promise<void>
  /** Moves a content out of the store, into a folder that exists. */
  moveTo(contentId: string, folder: string): Promise<void>
  /** The folder of its files. */
  readonly folder: (contentId: string) => string
  /** Takes over a file of passages for an index; it is on the disk when this resolves. */
  adoptPassages(contentId: string, index: string, file: string): Promise<void>
  /** Number of passages that a content is cut into for an index; undefined where it is not cut yet. */
  countPassages(contentId: string, index: string): Promise<number | undefined>
  /** Removes the passages of all indexes but these. */
  keepPassages(contentId: string, indexes: readonly string[]): Promise<void>
  /** Pages `from` … `from + count - 1`, as far as there are. */
  pages(contentId: string, from: number, count: number): Promise<readonly StoredPage[]>
  allPages(contentId: string): AsyncIterable<Page>
  /** Where a text is, in upper or lower case, in reading order. */
  find(contentId: string, text: string, limit: number): Promise<readonly FoundText[]>
}

/** Ends the name of a folder that is being deleted. */
const leaving = '.leaving'

export async function openContentStore(directory: string): Promise<ContentStore> {
  const known = await openFolders(directory)
  const pages = createContentPages()
  const folder = (contentId: string): string => path.join(directory, contentId)

  return {
    has: (contentId) => known.has(contentId),
    contents: () => [...known],
    async adopt(folders) {
      await Promise.all(
        [...folders].map(async ([contentId, from]) => {
          await adoptFolder(from, folder(contentId), pages)
          known.add(contentId)
        }),
      )
      if (folders.size > 0) await syncDirectory(directory)
    },
    async remove(contentId) {
      if (!known.has(contentId)) return
      pages.forget(folder(contentId))
      // Renamed first, so that a kill can't leave half a content that looks whole.
      const gone = folder(contentId) + leaving
      await move(folder(contentId), gone).catch(whenMissing(undefined))
      known.delete(contentId)
      await remove(gone)
    },
    async moveTo(contentId, to) {
      if (!known.has(contentId)) return
      pages.forget(folder(contentId))
      await move(folder(contentId), path.join(to, contentId))
      known.delete(contentId)
    },
    folder,
    adoptPassages: (contentId, index, file) => adoptPassages(folder(contentId), index, file),
    countPassages: (contentId, index) => countPassages(folder(contentId), index),
    keepPassages: (contentId, indexes) => keepPassages(folder(contentId), indexes),
    pages: (contentId, from, count) => pages.read(folder(contentId), from, count),
    allPages: (contentId) => readPages(folder(contentId)),
    find: (contentId, text, limit) => findInPages(folder(contentId), text, limit),
  }
}

/** Finishes the deletions that were interrupted. @returns the contents that are there. */
async function openFolders(directory: string): Promise<Set<string>> {
  await makeFolder(directory)
  const known = new Set<string>()
  for (const name of await readdir(directory)) {
    if (name.endsWith(leaving)) await remove(path.join(directory, name))
    else known.add(name)
  }
  return known
}

async function adoptFolder(from: string, to: string, pages: ContentPages): Promise<void> {
  const names = await readdir(from)
  await Promise.all(names.map((name) => syncFile(path.join(from, name))))
  await syncDirectory(from)
  pages.forget(to)
  // A folder of that name is left from an import that was not finished.
  await remove(to)
  await move(from, to)
}
