import type { LibraryDocument } from '../../../shared/domain/libraryDocument.ts'

/** The rows of a ledger in memory, found by id, path and content. */
export interface LedgerRows {
  readonly all: ReadonlyMap<string, LibraryDocument>
  readonly ofPath: (path: string) => LibraryDocument | undefined
  /** The row of a path that differs in how its letters are composed. */
  readonly ofSpelling: (path: string) => LibraryDocument | undefined
  readonly ofName: (name: string) => readonly LibraryDocument[]
  readonly ofContent: (contentId: string) => readonly LibraryDocument[]
  set(row: LibraryDocument): void
  /** @returns whether there was such a row. */
  remove(id: string): boolean
}

export function createLedgerRows(): LedgerRows {
  const rows = new Map<string, LibraryDocument>()
  const paths = createRowGroups(({ path }) => path)
  const spellings = createRowGroups(({ path }) => path?.normalize('NFC') ?? null)
  const names = createRowGroups(({ name }) => name)
  const contents = createRowGroups(({ contentId }) => contentId)
  const groups = [paths, spellings, names, contents]
  const rowsOf = (ids: readonly string[]): readonly LibraryDocument[] =>
    ids.flatMap((id) => rows.get(id) ?? [])

  return {
    all: rows,
    ofPath: (path) => rowsOf(paths.of(path)).at(-1),
    ofSpelling: (path) => rowsOf(spellings.of(path.normalize('NFC'))).at(-1),
    ofName: (name) => rowsOf(names.of(name)),
    ofContent: (contentId) => rowsOf(contents.of(contentId)),
    set(row) {
      const before = rows.get(row.id)
      rows.set(row.id, row)
      for (const group of groups) group.move(before, row)
    },
    remove(id) {
      const row = rows.get(id)
      for (const group of groups) group.move(row, undefined)
      return rows.delete(id)
    },
  }
}

/** The ids of rows by something that several may share, in the order in which they took it. */
function createRowGroups(keyOf: (row: LibraryDocument) => string | null) {
  const ids = new Map<string, Set<string>>()

  return {
    of: (key: string): readonly string[] => [...(ids.get(key) ?? [])],
    /** @param before undefined for a new row. @param after undefined for one that is removed. */
    move(before: LibraryDocument | undefined, after: LibraryDocument | undefined): void {
      const from = before === undefined ? null : keyOf(before)
      const to = after === undefined ? null : keyOf(after)
      if (from === to) return
      if (before !== undefined && from !== null) {
        const left = ids.get(from)
        left?.delete(before.id)
        if (left?.size === 0) ids.delete(from)
      }
      if (after === undefined || to === null) return
      const joined = ids.get(to)
      if (joined === undefined) ids.set(to, new Set([after.id]))
      else joined.add(after.id)
    },
  }
}
