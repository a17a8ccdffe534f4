import { undoMs } from '../../shared/domain/undo.ts'

/** What was removed a moment ago: it is hidden, still on the disk, and can be restored. */
export interface UndoableRemovals<Removed> {
  /** Whether it is removed, and not yet deleted. */
  has(id: string): boolean
  /** What can still be restored. */
  pending(): Iterable<Removed>
  /**
   * Keeps what it takes to restore these. They are deleted together ten seconds later; once closed,
   * nothing is.
   */
  hold(removed: Iterable<readonly [id: string, held: Removed]>): void
  /** @returns the stored values of those that are not deleted yet. */
  restore(ids: readonly string[]): readonly Removed[]
  /** Deletes everything at once. */
  close(): Promise<void>
  /** Deletes nothing, for an owner that tidies up at the next start. */
  forget(): void
}

/**
 * @param discard deletes what was removed together from the disk.
 * @param onFailed called when a later deletion fails; `close` throws instead.
 */
export function createUndoableRemovals<Removed>(
  discard: (removed: ReadonlyMap<string, Removed>) => Promise<void>,
  onFailed: (error: unknown) => void,
): UndoableRemovals<Removed> {
  const waiting = new Map<string, { readonly held: Removed; readonly timer: NodeJS.Timeout }>()
  const timers = new Set<NodeJS.Timeout>()
  const going = new Set<string>()
  let closed = false

  /** Deletes what was removed with this timer and neither restored nor removed again since. */
  async function discardAll(timer: NodeJS.Timeout): Promise<void> {
    clearTimeout(timer)
    timers.delete(timer)
    const removed = new Map<string, Removed>()
    for (const [id, removal] of waiting) {
      if (removal.timer === timer) removed.set(id, removal.held)
    }
    for (const id of removed.keys()) {
      waiting.delete(id)
      going.add(id)
    }
    try {
      if (removed.size > 0) await discard(removed)
    } finally {
      for (const id of removed.keys()) going.delete(id)
    }
  }

  return {
    has: (id) => waiting.has(id) || going.has(id),
    pending: () => [...waiting.values()].map(({ held }) => held),
    hold(removed) {
      if (closed) return
      const timer = setTimeout(() => {
        discardAll(timer).catch(onFailed)
      }, undoMs)
      timers.add(timer)
      for (const [id, held] of removed) waiting.set(id, { held, timer })
    },
    restore(ids) {
      return ids.flatMap((id) => {
        const removal = waiting.get(id)
        waiting.delete(id)
        return removal === undefined ? [] : [removal.held]
      })
    },
    async close() {
      closed = true
      for (const timer of timers) await discardAll(timer)
    },
    forget() {
      closed = true
      for (const timer of timers) clearTimeout(timer)
      timers.clear()
      waiting.clear()
    },
  }
}
