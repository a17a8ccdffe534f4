import type { LibraryDocument } from '../../../shared/domain/libraryDocument.ts'

/** The rows of a ledger in memory, found by id, path and content. */
export interface LedgerRows {
  readonly all: ReadonlyMap<string, LibraryDocument>
  readonly ofPath: (path: string) => LibraryDocument | undefined
  readonly ofContent: (contentId: string) => readonly LibraryDocument[]
  set(row: LibraryDocument): void
  /** @returns whether there was such a row. */
  remove(id: string): boolean
}

export function createLedgerRows(): LedgerRows {
  const rows = new Map<string, LibraryDocument>()
  const paths = new Map<string, string>()
  const contents = new Map<string, Set<string>>()

  function unlink(row: LibraryDocument): void {
    if (row.path !== null && paths.get(row.path) === row.id) paths.delete(row.path)
    if (row.contentId === null) return
    const sharers = contents.get(row.contentId)
    sharers?.delete(row.id)
    if (sharers?.size === 0) contents.delete(row.contentId)
  }

  return {
    all: rows,
    ofPath(path) {
      const id = paths.get(path)
      return id === undefined ? undefined : rows.get(id)
    },
    ofContent: (contentId) =>
      [...(contents.get(contentId) ?? [])].flatMap((id) => rows.get(id) ?? []),
    set(row) {
      const before = rows.get(row.id)
      if (
        before !== undefined &&
        (before.contentId !== row.contentId || before.path !== row.path)
      ) {
        unlink(before)
      }
      rows.set(row.id, row)
      if (row.path !== null) paths.set(row.path, row.id)
      if (row.contentId === null) return
      const sharers = contents.get(row.contentId)
      if (sharers === undefined) contents.set(row.contentId, new Set([row.id]))
      else sharers.add(row.id)
    },
    remove(id) {
      const row = rows.get(id)
      if (row !== undefined) unlink(row)
      return rows.delete(id)
    },
  }
}
