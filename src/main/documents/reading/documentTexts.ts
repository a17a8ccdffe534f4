import { statSync } from 'node:fs'
import { isDrawable } from '../../../shared/domain/formats.ts'
import type { LibraryDocument } from '../../../shared/domain/libraryDocument.ts'
import type { Page, TextRange } from '../../../shared/domain/page.ts'
import { AppError } from '../../../shared/errors.ts'
import { toDisk } from '../../disk/diskPath.ts'
import { systemErrorCode } from '../../disk/systemError.ts'
import type { FoundText, StoredPage } from '../store/contentPages.ts'
import type { ContentStore } from '../store/contentStore.ts'
import type { IndexInUse } from '../../retrieval/searchIndex.ts'
import type { Ledger } from '../store/ledger.ts'
import type { Uploads } from '../store/uploads.ts'

export interface DocumentPages {
  readonly document: LibraryDocument
  /** Whether the original's pages can be shown as images. */
  readonly drawable: boolean
  readonly total: number
  readonly pages: readonly StoredPage[]
}

export interface PassageOutline extends TextRange {
  readonly page: number
  readonly heading: string
  /** Length in the embedder's own tokens. */
  readonly tokens: number
}

/**
 * Stored texts of documents, by the document's id. All but `originalFile` throw AppError
 * `not-found`.
 */
export interface DocumentTexts {
  pages(id: string, from: number, count: number): Promise<DocumentPages>
  /** All occurrences of a text, ignoring case; at most 1,000. */
  find(id: string, text: string): Promise<readonly FoundText[]>
  passages(id: string): Promise<readonly PassageOutline[]>
  /** All stored pages in order. */
  wholeText(id: string): Promise<readonly Page[]>
  /** Path of the original if it is still the file that was indexed, else null. */
  originalFile(id: string): string | null
}

const foundLimit = 1_000

export function createDocumentTexts({
  ledger,
  contents,
  uploads,
  index,
}: {
  readonly ledger: Ledger
  readonly contents: ContentStore
  readonly uploads: Uploads
  readonly index: Pick<IndexInUse, 'use'>
}): DocumentTexts {
  function existing(id: string): { readonly row: LibraryDocument; readonly contentId: string } {
    const row = ledger.get(id)
    if (row === undefined) throw new AppError('not-found', 'This document is not in the library.')
    if (row.contentId === null) {
      throw new AppError('not-found', `The text of “${row.name}” has not been read yet.`)
    }
    return { row, contentId: row.contentId }
  }

  function originalFile(id: string): string | null {
    const row = ledger.get(id)
    if (row === undefined || row.contentId === null) return null
    if (row.path === null) return uploads.original(row.contentId)
    return isStill(row.path, row) ? row.path : null
  }

  return {
    async pages(id, from, count) {
      const { row, contentId } = existing(id)
      return {
        document: row,
        drawable: isDrawable(row.format) && originalFile(id) !== null,
        total: row.pages,
        pages: await readStored(row, () => contents.pages(contentId, from, count)),
      }
    },
    async find(id, text) {
      const { row, contentId } = existing(id)
      return readStored(row, () => contents.find(contentId, text, foundLimit))
    },
    async passages(id) {
      const { contentId } = existing(id)
      const chunks = await index.use(({ store }) =>
        store.range(contentId, 0, Number.MAX_SAFE_INTEGER),
      )
      return chunks.map(({ start, end, page, heading, tokens }) => {
        return { start, end, page, heading, tokens }
      })
    },
    async wholeText(id) {
      const { row, contentId } = existing(id)
      return readStored(row, async () => {
        const pages: Page[] = []
        for await (const page of contents.allPages(contentId)) pages.push(page)
        return pages
      })
    },
    originalFile,
  }
}

/** @throws AppError `document-unreadable` where what is stored is gone, or cannot be understood. */
async function readStored<T>({ name }: LibraryDocument, read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (error) {
    const code = systemErrorCode(error)
    const isDamaged = error instanceof SyntaxError || code === 'ENOENT' || code === 'EISDIR'
    if (!isDamaged) throw error
    throw new AppError(
      'document-unreadable',
      `The stored text of “${name}” is damaged. Check your data in Settings, then repair it.`,
      { cause: error },
    )
  }
}

/** The stored word boxes only match the file that was indexed. */
function isStill(file: string, row: LibraryDocument): boolean {
  try {
    const found = statSync(toDisk(file), { throwIfNoEntry: false })
    return found?.size === row.bytes && found.mtimeMs === row.modifiedMs
  } catch (error) {
    if (systemErrorCode(error) === undefined) throw error
    return false
  }
}
