import {
  isPending,
  libraryDocument,
  type LibraryDocument,
} from '../../../shared/domain/libraryDocument.ts'
import { createEmitter } from '../../../shared/emitter.ts'
import { openJournal } from '../../disk/journal.ts'
import type { Notice } from '../../disk/jsonFile.ts'
import { addToHistory, createLedgerHistory, type LedgerHistory } from './ledgerHistory.ts'
import { createLedgerRows } from './ledgerRows.ts'

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
  /** The row of a path that differs in how its letters are composed. */
  ofSpelling(path: string): LibraryDocument | undefined
  ofName(name: string): readonly LibraryDocument[]
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
  /** Writes the file again, because it is damaged; its history is lost. */
  rewrite(): Promise<void>
  flush(): Promise<void>
  close(): Promise<void>
}

/** @param history is filled from the file. */
export async function openLedger(
  file: string,
  notice: Notice,
  history: LedgerHistory = createLedgerHistory(),
): Promise<Ledger> {
  const rows = createLedgerRows()
  const changes = createEmitter<LedgerChange>()
  const journal = await openJournal<LibraryDocument>({
    file,
    row: libraryDocument,
    notice,
    rows: () => rows.all.values(),
    count: () => rows.all.size,
    seen: (change) => addToHistory(history, change),
  })
  history.found = journal.found
  // Work that was in progress when the process ended has to be repeated.
  for (const row of journal.initial.values()) {
    rows.set(isPending(row.state) ? { ...row, state: 'queued' } : row)
  }

  function write({
    put: changed,
    drop,
  }: {
    readonly put: readonly LibraryDocument[]
    readonly drop: readonly string[]
  }): Promise<void> {
    for (const row of changed) rows.set(row)
    const removed = drop.filter((id) => rows.remove(id))
    changes.emit({ changed, removed })
    return journal.write({ put: changed, drop: removed })
  }

  return {
    get: (id) => rows.all.get(id),
    list: () => [...rows.all.values()],
    ofPath: rows.ofPath,
    ofSpelling: rows.ofSpelling,
    ofName: rows.ofName,
    ofContent: rows.ofContent,
    put: (changed) => write({ put: changed, drop: [] }),
    drop: (ids) => write({ put: [], drop: ids }),
    write,
    show(row) {
      rows.set(row)
      changes.emit({ changed: [row], removed: [] })
    },
    onChange: changes.on,
    tidy: () => journal.tidy(),
    rewrite: () => journal.rewrite(),
    flush: () => journal.flush(),
    close: () => journal.close(),
  }
}
