import type { LibraryDocument } from '../../src/shared/domain/libraryDocument.ts'

/** The row of a document that was read and indexed. */
export function libraryRow(id: string, change: Partial<LibraryDocument> = {}): LibraryDocument {
  return {
    id,
    name: id,
    path: `/${id}`,
    format: 'text',
    state: 'indexed',
    reason: null,
    contentId: id,
    bytes: 1,
    modifiedMs: 1,
    pages: 1,
    chunks: 1,
    words: 1,
    languages: [],
    isLanguageNamed: false,
    unreadPages: [],
    collections: [],
    importedAt: '2020-01-01T00:00:00.000Z',
    ...change,
  }
}
