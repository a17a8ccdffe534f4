import type { LibraryDocument } from '../../../shared/domain/libraryDocument.ts'

/**
 * Rows that were removed a moment ago. They are out of the ledger at once and for good: whatever
 * ends the process now, they stay removed, and their content is swept at the next start. Only this
 * process can bring them back, while it still holds them here.
 */
export interface Removals {
  add(rows: readonly LibraryDocument[]): void
  /** Takes back those that can still be restored. */
  take(ids: readonly string[]): readonly LibraryDocument[]
  /** Whether a row that can still be restored needs this content. */
  names(content: string): boolean
  /** Lets everything go at once. */
  close(): void
}

export const restorableMs = 10_000

export function createRemovals(onGone: (rows: readonly LibraryDocument[]) => void): Removals {
  const held = new Map<string, LibraryDocument>()
  const timers = new Set<NodeJS.Timeout>()

  function take(ids: readonly string[]): readonly LibraryDocument[] {
    return ids.flatMap((id) => {
      const row = held.get(id)
      held.delete(id)
      return row === undefined ? [] : [row]
    })
  }

  return {
    add(rows) {
      for (const row of rows) held.set(row.id, row)
      const timer = setTimeout(() => {
        timers.delete(timer)
        // Those that were restored, and perhaps removed again since, are other rows by now.
        onGone(take(rows.filter((row) => held.get(row.id) === row).map(({ id }) => id)))
      }, restorableMs)
      timers.add(timer)
    },
    take,
    names: (content) => [...held.values()].some((row) => row.content === content),
    close() {
      for (const timer of timers) clearTimeout(timer)
      timers.clear()
      held.clear()
    },
  }
}
