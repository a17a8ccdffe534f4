import type { IndexState } from '../../shared/contract/models.ts'

export interface StateFeed {
  /** Something has changed; several changes at once are told once. */
  tellSoon(): void
  onState(listener: (state: IndexState) => void): () => void
  close(): void
}

const everyMs = 100

/** Tells listeners how far indexing is, at most ten times a second. */
export function createStateFeed(state: () => Promise<IndexState>): StateFeed {
  const listeners = new Set<(state: IndexState) => void>()
  let timer: NodeJS.Timeout | undefined
  let closed = false

  async function tell(): Promise<void> {
    timer = undefined
    if (listeners.size === 0) return
    const now = await state()
    for (const listener of listeners) listener(now)
  }

  return {
    tellSoon() {
      if (!closed) timer ??= setTimeout(() => void tell(), everyMs)
    },
    onState(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close() {
      closed = true
      clearTimeout(timer)
    },
  }
}
