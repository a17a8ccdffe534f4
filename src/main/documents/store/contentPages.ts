import path from 'node:path'
import type { Page, PageLayout, TextRange } from '../../../shared/domain/page.ts'
import { parsedFiles } from '../../disk/parsedFiles.ts'
import { whenMissing } from '../../disk/systemError.ts'
import { createLruCache } from '../../flow/lruCache.ts'
import { findFolded } from './foldedText.ts'
import { indexLines, readLines, withLines } from './numberedLines.ts'

export type StoredPage = Page & { readonly layout: PageLayout | null }
export type FoundText = TextRange & { readonly page: number }

/** The pages of contents, each in a folder of its own. */
export interface ContentPages {
  /** Pages `from` … `from + count - 1`, as far as there are. */
  read(folder: string, from: number, count: number): Promise<readonly StoredPage[]>
  /** Forgets what is remembered of a folder whose files change. */
  forget(folder: string): void
}

/** Line indexes that are kept for the documents read last. */
const keptIndexes = 8

/** The starts of the lines of a file. */
type LineIndex = (file: string) => Promise<readonly number[]>

export function createContentPages(): ContentPages {
  const indexes = createLruCache<Promise<readonly number[]>>(keptIndexes)

  /** Built when first needed: most documents are never opened, and reading them is quick. */
  function lineIndex(file: string): Promise<readonly number[]> {
    const index = indexes.get(file) ?? indexLines(file)
    indexes.set(file, index)
    index.catch(() => indexes.delete(file))
    return index
  }

  return {
    async read(folder, from, count) {
      const pages = await readRange<Page>(textOf(folder), lineIndex, from, count)
      const layouts = await readLayouts(folder, lineIndex, from, count)
      return pages.map((page) => ({ ...page, layout: layouts.get(page.page) ?? null }))
    },
    forget(folder) {
      for (const file of indexes.keys()) {
        if (file.startsWith(folder + path.sep)) indexes.delete(file)
      }
    },
  }
}

/** All pages of a content, in order. */
export async function* readPages(folder: string): AsyncGenerator<Page> {
  for await (const line of readLines(textOf(folder))) {
    yield JSON.parse(line) as Page
  }
}

/** Where a text is in a content, in upper or lower case, in reading order. */
export async function findInPages(
  folder: string,
  text: string,
  limit: number,
): Promise<readonly FoundText[]> {
  const found: FoundText[] = []
  for await (const { page, text: pageText } of readPages(folder)) {
    for (const range of findFolded(pageText, text, limit - found.length)) {
      found.push({ page, ...range })
    }
    if (found.length >= limit) break
  }
  return found
}

function textOf(folder: string): string {
  return path.join(folder, parsedFiles.text)
}

/** Only formats that can be drawn have layouts. */
async function readLayouts(
  folder: string,
  lineIndex: LineIndex,
  from: number,
  count: number,
): Promise<ReadonlyMap<number, PageLayout>> {
  const file = path.join(folder, parsedFiles.layout)
  const found = await readRange<PageLayout>(file, lineIndex, from, count).catch(whenMissing([]))
  return new Map(found.map((layout) => [layout.page, layout]))
}

/**
 * Lines are in the order of their pages, but pages may be missing: line n is page n + 1 or a later
 * one. So the search begins there and goes back.
 */
async function readRange<T extends { readonly page: number }>(
  file: string,
  lineIndex: LineIndex,
  from: number,
  count: number,
): Promise<readonly T[]> {
  const starts = await lineIndex(file)
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
