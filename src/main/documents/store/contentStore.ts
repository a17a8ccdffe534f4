import { readdir, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import type { Chunk } from '../../../shared/domain/chunk.ts'
import type { Page, PageLayout, TextRange } from '../../../shared/domain/page.ts'
import { makeFolder, renamePatiently, syncDirectory, syncFile } from '../../disk/durableFile.ts'
import { parsedFiles } from '../../disk/parsedFiles.ts'
import { createLruCache } from '../../flow/lruCache.ts'
import { systemErrorCode, whenMissing } from '../../disk/systemError.ts'
import { explainingWrites } from '../../disk/writeErrors.ts'
import { findFolded } from './foldedText.ts'
import { indexLines, readLines, withLines } from './numberedLines.ts'

export type StoredPage = Page & { readonly layout: PageLayout | null }
export type FoundText = TextRange & { readonly page: number }

/**
 * The stored text of each content, in a folder of its own that appears and goes as a whole. The
 * files in it are those of the parser, `text.jsonl` and `layout.jsonl`, and for each index that has
 * the content, its passages (see `passagesFile`).
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
  /** Where its files lie. */
  folder(contentId: string): string
  /** Takes over a file of passages for an index; it is on the disk when this resolves. */
  adoptPassages(contentId: string, index: string, file: string): Promise<void>
  /** Number of passages that a content is cut into for an index; undefined where it is not cut yet. */
  countPassages(contentId: string, index: string): Promise<number | undefined>
  /** Removes the passages of all indexes but these. */
  keepPassages(contentId: string, indexes: readonly string[]): Promise<void>
  /** Pages `from` … `from + count - 1`, as far as there are. */
  pages(contentId: string, from: number, count: number): Promise<readonly StoredPage[]>
  allPages(contentId: string): AsyncIterable<Page>
  /** Where the text stands, whatever its case, in reading order. */
  find(contentId: string, text: string, limit: number): Promise<readonly FoundText[]>
}

const leaving = '.leaving'
/** Line indexes that are kept for the documents read last. */
const keptIndexes = 8

export async function openContentStore(directory: string): Promise<ContentStore> {
  await makeFolder(directory)
  const known = new Set<string>()
  for (const name of await readdir(directory)) {
    if (name.endsWith(leaving)) await rm(path.join(directory, name), { recursive: true })
    else known.add(name)
  }
  const indexes = createLruCache<Promise<readonly number[]>>(keptIndexes)
  const folderOf = (contentId: string): string => path.join(directory, contentId)
  const fileOf = (contentId: string, name: string): string => path.join(directory, contentId, name)

  /** Built when first needed: most documents are never opened, and reading them is quick. */
  function lineIndex(file: string): Promise<readonly number[]> {
    const index = indexes.get(file) ?? indexLines(file)
    indexes.set(file, index)
    index.catch(() => indexes.delete(file))
    return index
  }

  function forget(contentId: string): void {
    for (const file of indexes.keys()) {
      if (file.startsWith(folderOf(contentId) + path.sep)) indexes.delete(file)
    }
  }

  async function layouts(
    contentId: string,
    from: number,
    count: number,
  ): Promise<Map<number, PageLayout>> {
    const file = fileOf(contentId, parsedFiles.layout)
    const found = new Map<number, PageLayout>()
    try {
      const starts = await lineIndex(file)
      for (const layout of await readRange<PageLayout>(file, starts, from, count)) {
        found.set(layout.page, layout)
      }
    } catch (error) {
      // Only formats that can be drawn have one.
      if (systemErrorCode(error) !== 'ENOENT') throw error
    }
    return found
  }

  async function adoptOne(contentId: string, folder: string): Promise<void> {
    const names = await readdir(folder)
    await Promise.all(names.map((name) => syncFile(path.join(folder, name))))
    await syncDirectory(folder)
    forget(contentId)
    // A folder of that name is left from an import that was not finished.
    await rm(folderOf(contentId), { recursive: true, force: true })
    await explainingWrites(() => renamePatiently(folder, folderOf(contentId)))
  }

  async function* allPages(contentId: string): AsyncGenerator<Page> {
    for await (const line of readLines(fileOf(contentId, parsedFiles.text))) {
      yield JSON.parse(line) as Page
    }
  }

  return {
    has: (contentId) => known.has(contentId),
    contents: () => [...known],
    async adopt(folders) {
      await Promise.all([...folders].map(([contentId, folder]) => adoptOne(contentId, folder)))
      if (folders.size > 0) await syncDirectory(directory)
      for (const contentId of folders.keys()) known.add(contentId)
    },
    async remove(contentId) {
      if (!known.delete(contentId)) return
      forget(contentId)
      // Renamed first, so that a kill can't leave half a content that looks whole.
      const gone = folderOf(contentId) + leaving
      await rename(folderOf(contentId), gone).catch(whenMissing(undefined))
      await rm(gone, { recursive: true, force: true })
    },
    folder: folderOf,
    async adoptPassages(contentId, index, file) {
      await syncFile(file)
      const to = passagesFile(folderOf(contentId), index)
      await explainingWrites(() => renamePatiently(file, to))
      await syncDirectory(folderOf(contentId))
    },
    async countPassages(contentId, index) {
      try {
        return (await indexLines(passagesFile(folderOf(contentId), index))).length - 1
      } catch (error) {
        whenMissing(undefined)(error)
        return undefined
      }
    },
    async keepPassages(contentId, kept) {
      const names = new Set(kept.map((index) => path.basename(passagesFile('', index))))
      for (const name of (await readdir(folderOf(contentId)).catch(whenMissing(undefined))) ?? []) {
        if (!name.startsWith('chunks') || names.has(name)) continue
        await rm(path.join(folderOf(contentId), name), { force: true })
      }
    },
    async pages(contentId, from, count) {
      const file = fileOf(contentId, parsedFiles.text)
      const pages = await readRange<Page>(file, await lineIndex(file), from, count)
      const drawn = await layouts(contentId, from, count)
      return pages.map((page) => ({ ...page, layout: drawn.get(page.page) ?? null }))
    },
    allPages,
    async find(contentId, text, limit) {
      const found: FoundText[] = []
      for await (const { page, text: pageText } of allPages(contentId)) {
        for (const range of findFolded(pageText, text, limit - found.length)) {
          found.push({ page, ...range })
        }
        if (found.length >= limit) break
      }
      return found
    },
  }
}

/** The passages of a content for one index: each embedder has a tokenizer and a limit of its own. */
export function passagesFile(folder: string, index: string): string {
  return path.join(folder, `chunks-${index}.jsonl`)
}

export async function* readPassages(file: string): AsyncGenerator<Chunk> {
  for await (const line of readLines(file)) {
    yield JSON.parse(line) as Chunk
  }
}

/**
 * Lines are in the order of their pages, but pages may be missing: line n is page n + 1 or a later
 * one. So the search begins there and goes back.
 */
async function readRange<T extends { readonly page: number }>(
  file: string,
  starts: readonly number[],
  from: number,
  count: number,
): Promise<readonly T[]> {
  return withLines(file, starts, async (readLine) => {
    const found: T[] = []
    for (let line = Math.min(starts.length - 2, from + count - 2); line >= 0; line -= 1) {
      const row = JSON.parse(await readLine(line)) as T
      if (row.page < from) break
      if (row.page < from + count) found.unshift(row)
    }
    return found
  })
}
