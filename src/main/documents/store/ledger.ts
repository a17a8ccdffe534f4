import {
  isPending,
  libraryDocument,
  type LibraryDocument,
} from '../../../shared/domain/libraryDocument.ts'
import { createEmitter } from '../../../shared/emitter.ts'
import { openJournal, type FoundJournal } from '../../disk/journal.ts'
import type { Notice } from '../../disk/jsonFile.ts'

export interface LedgerChange {
  readonly changed: readonly LibraryDocument[]
  readonly removed: readonly string[]
}

/**
 * One row per file, and the commit point of the library: a row's `content` names what can be
 * searched. Chunks and texts that no row refers to are never found, and are swept. Changes are
 * visible at once; the promises resolve when they are on the disk.
 */
export interface Ledger {
  get(id: string): LibraryDocument | undefined
  /** In the order of their first import. */
  list(): readonly LibraryDocument[]
  ofPath(path: string): LibraryDocument | undefined
  /** The rows that refer to a content; none if it must not be found. */
  ofContent(contentId: string): readonly LibraryDocument[]
  /** @throws AppError `disk-full`; the change is kept and written with the next one. */
  put(rows: readonly LibraryDocument[]): Promise<void>
  drop(ids: readonly string[]): Promise<void>
  /** Both atomically: after a crash either all or nothing is saved. */
  write(change: {
    readonly put: readonly LibraryDocument[]
    readonly drop: readonly string[]
  }): Promise<void>
  /** Announces a transient state of a row, which isn't saved. */
  show(row: LibraryDocument): void
  onChange(listener: (change: LedgerChange) => void): () => void
  /** Rewrites the file without what later changes replace; its history is lost. */
  tidy(): Promise<void>
  flush(): Promise<void>
  close(): Promise<void>
}

/** What the file of a ledger shows about its past; lost with the next rewriting of the file. */
export interface LedgerHistory {
  found: FoundJournal
  /** Contents that a row once referred to. */
  readonly named: Set<string>
  /** Ids of the rows that were removed. */
  readonly dropped: Set<string>
}

export function createLedgerHistory(): LedgerHistory {
  return { found: 'whole', named: new Set(), dropped: new Set() }
}

/** @param history is filled from the file. */
export async function openLedger(
  file: string,
  notice: Notice,
  history: LedgerHistory = createLedgerHistory(),
): Promise<Ledger> {
  const rows = new Map<string, LibraryDocument>()
  const paths = new Map<string, string>()
  const contents = new Map<string, Set<string>>()
  const changes = createEmitter<LedgerChange>()

  function unlink(row: LibraryDocument): void {
    if (row.path !== null && paths.get(row.path) === row.id) paths.delete(row.path)
    if (row.contentId === null) return
    const sharers = contents.get(row.contentId)
    sharers?.delete(row.id)
    if (sharers?.size === 0) contents.delete(row.contentId)
  }

  function set(row: LibraryDocument): void {
    const before = rows.get(row.id)
    if (before !== undefined && (before.contentId !== row.contentId || before.path !== row.path)) {
      unlink(before)
    }
    rows.set(row.id, row)
    if (row.path !== null) paths.set(row.path, row.id)
    if (row.contentId === null) return
    const sharers = contents.get(row.contentId)
    if (sharers === undefined) contents.set(row.contentId, new Set([row.id]))
    else sharers.add(row.id)
  }

  function tell(change: LedgerChange): void {
    changes.emit(change)
  }

  const journal = await openJournal<LibraryDocument>({
    file,
    row: libraryDocument,
    notice,
    rows: () => rows.values(),
    count: () => rows.size,
    seen({ put = [], drop = [] }) {
      for (const { contentId } of put) if (contentId !== null) history.named.add(contentId)
      for (const id of drop) history.dropped.add(id)
    },
  })
  history.found = journal.found
  // Work that was in progress when the process ended has to be repeated.
  for (const row of journal.initial.values()) {
    set(isPending(row.state) ? { ...row, state: 'queued' } : row)
  }

  function write({
    put: changed,
    drop,
  }: {
    readonly put: readonly LibraryDocument[]
    readonly drop: readonly string[]
  }): Promise<void> {
    for (const row of changed) set(row)
    const removed = drop.filter((id) => {
      const row = rows.get(id)
      if (row !== undefined) unlink(row)
      return rows.delete(id)
    })
    tell({ changed, removed })
    return journal.write({ put: changed, drop: removed })
  }

  return {
    get: (id) => rows.get(id),
    list: () => [...rows.values()],
    ofPath(path) {
      const id = paths.get(path)
      return id === undefined ? undefined : rows.get(id)
    },
    ofContent: (contentId) =>
      [...(contents.get(contentId) ?? [])].flatMap((id) => {
        const row = rows.get(id)
        return row === undefined ? [] : [row]
      }),
    put: (changed) => write({ put: changed, drop: [] }),
    drop: (ids) => write({ put: [], drop: ids }),
    write,
    show(row) {
      set(row)
      tell({ changed: [row], removed: [] })
    },
    onChange: changes.on,
    tidy: () => journal.tidy(),
    flush: () => journal.flush(),
    close: () => journal.close(),
  }
}
