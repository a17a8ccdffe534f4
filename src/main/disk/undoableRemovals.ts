/** How long a removal can be undone, in milliseconds. */
const undoMs = 10_000

/** What was removed a moment ago: it is hidden, still lies on the disk, and can be brought back. */
export interface UndoableRemovals<Held> {
  /** Whether it is removed, and not yet gone. */
  has(id: string): boolean
  /** Keeps what it takes to bring it back. It goes ten seconds later. */
  hold(id: string, held: Held): void
  /** @returns what was held; undefined if it is gone, or about to be. */
  restore(id: string): Held | undefined
  /** Lets everything go at once. */
  close(): Promise<void>
}

/**
 * @param discard deletes what was removed from the disk.
 * @param onFailed hears that it could not be deleted later on; `close` throws instead.
 */
export function createUndoableRemovals<Held>(
  discard: (id: string, held: Held) => Promise<void>,
  onFailed: (error: unknown) => void,
): UndoableRemovals<Held> {
  const waiting = new Map<string, { readonly held: Held; readonly timer: NodeJS.Timeout }>()
  const going = new Set<string>()

  async function letGo(id: string): Promise<void> {
    const removal = waiting.get(id)
    if (removal === undefined) return
    clearTimeout(removal.timer)
    waiting.delete(id)
    going.add(id)
    try {
      await discard(id, removal.held)
    } finally {
      going.delete(id)
    }
  }

  return {
    has: (id) => waiting.has(id) || going.has(id),
    hold(id, held) {
      const timer = setTimeout(() => {
        letGo(id).catch(onFailed)
      }, undoMs)
      waiting.set(id, { held, timer })
    },
    restore(id) {
      const removal = waiting.get(id)
      if (removal === undefined) return undefined
      clearTimeout(removal.timer)
      waiting.delete(id)
      return removal.held
    },
    async close() {
      for (const id of [...waiting.keys()]) await letGo(id)
    },
  }
}
