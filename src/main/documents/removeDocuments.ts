import { isPending, type LibraryDocument } from '../../shared/domain/libraryDocument.ts'
import type { UndoableRemovals } from '../disk/undoableRemovals.ts'
import type { Ledger } from './store/ledger.ts'
import type { Uploads } from './store/uploads.ts'

export interface DocumentRemovalDeps {
  readonly ledger: Ledger
  readonly removals: Pick<UndoableRemovals<LibraryDocument>, 'hold' | 'restore'>
  /** Removes documents from the import queue. */
  readonly forget: (ids: readonly string[]) => void
  /** Adds documents to the import queue. */
  readonly enqueue: (rows: readonly LibraryDocument[]) => void
}

/** Removes documents, and restores recently removed ones. */
export function createDocumentRemoval({ ledger, removals, forget, enqueue }: DocumentRemovalDeps) {
  return {
    async remove(ids: readonly string[]): Promise<void> {
      const rows = ids.flatMap((id) => ledger.get(id) ?? [])
      forget(ids)
      removals.hold(rows.map((row) => [row.id, row]))
      await ledger.drop(rows.map(({ id }) => id))
    },
    async restore(ids: readonly string[]): Promise<void> {
      // A file that was imported again meanwhile already has a row.
      const rows = removals
        .restore(ids)
        .filter((row) => row.path === null || ledger.ofPath(row.path) === undefined)
        .map((row) => (isPending(row.state) ? { ...row, state: 'queued' as const } : row))
      await ledger.put(rows)
      enqueue(rows.filter(({ state }) => isPending(state)))
    },
  }
}

export interface SweepRemovedDeps {
  readonly ledger: Pick<Ledger, 'get'>
  readonly uploads: Pick<Uploads, 'discard'>
  /** Removes the given contents if no row needs them. */
  readonly sweep: (contents: readonly string[]) => Promise<void>
}

/** Deletes the contents of documents that can no longer be restored. */
export async function sweepRemoved(
  rows: readonly LibraryDocument[],
  { ledger, uploads, sweep }: SweepRemovedDeps,
): Promise<void> {
  await sweep(rows.flatMap(({ contentId }) => contentId ?? []))
  for (const row of rows) {
    if (row.path === null && ledger.get(row.id) === undefined) await uploads.discard(row.id)
  }
}
