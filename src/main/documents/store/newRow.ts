import { randomUUID } from 'node:crypto'
import type { LibraryDocument } from '../../../shared/domain/libraryDocument.ts'

/**
 * The row of a document that is to be read: nothing is known of it yet.
 *
 * @param from where its file is, null for an upload.
 * @param now milliseconds since 1970.
 */
export function newRow(name: string, from: string | null, now: () => number): LibraryDocument {
  return {
    id: randomUUID(),
    name,
    path: from,
    format: null,
    state: 'queued',
    reason: null,
    contentId: null,
    bytes: 0,
    modifiedMs: 0,
    pages: 0,
    chunks: 0,
    words: 0,
    languages: [],
    isLanguageNamed: false,
    unreadPages: [],
    collections: [],
    importedAt: new Date(now()).toISOString(),
  }
}
