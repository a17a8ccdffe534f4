import type { LibraryDocument } from '../../../shared/domain/libraryDocument.ts'
import { createEmitter } from '../../../shared/emitter.ts'
import type { LedgerChange } from './ledger.ts'

export interface ChangeFeed {
  add(change: LedgerChange): void
  readonly onChanges: (listener: (change: LedgerChange) => void) => () => void
  /** Sends pending changes, then ends all notifications. */
  close(): void
}

const everyMs = 100
const rowsAtATime = 500

/**
 * Notifies listeners of changes at most ten times a second, with the last state of each row, in
 * batches small enough for the window to stay responsive.
 */
export function createChangeFeed(): ChangeFeed {
  /** null for a removed row. */
  const waiting = new Map<string, LibraryDocument | null>()
  const changes = createEmitter<LedgerChange>()
  let timer: NodeJS.Timeout | undefined
  let closed = false

  function tell(): void {
    const changed: LibraryDocument[] = []
    const removed: string[] = []
    for (const [id, row] of waiting) {
      if (row === null) removed.push(id)
      else changed.push(row)
      waiting.delete(id)
      if (changed.length + removed.length >= rowsAtATime) break
    }
    changes.emit({ changed, removed })
  }

  function schedule(): void {
    timer ??= setTimeout(() => {
      timer = undefined
      tell()
      if (waiting.size > 0) schedule()
    }, everyMs)
  }

  return {
    add({ changed, removed }) {
      if (closed) return
      for (const row of changed) waiting.set(row.id, row)
      for (const id of removed) waiting.set(id, null)
      if (waiting.size > 0) schedule()
    },
    onChanges: changes.on,
    close() {
      closed = true
      clearTimeout(timer)
      while (waiting.size > 0) tell()
    },
  }
}
