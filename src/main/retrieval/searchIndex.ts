import type { Embedder } from '../embedding/embedder.ts'
import type { PassageSize } from '../embedding/passageSize.ts'
import type { ChunkStore } from './chunkStore.ts'
import type { CosineScale } from './cosineScale.ts'
import type { TermStatistics } from './termStatistics.ts'

/**
 * An embedder with the passages that it has embedded. Vectors of one never meet those of another:
 * code that embeds and then searches takes both from one index.
 */
export interface SearchIndex {
  /** Names the embedder and its version, and the folder. */
  readonly id: string
  readonly embedder: Embedder
  readonly store: ChunkStore
  readonly statistics: TermStatistics
  /** How long its passages may be, in tokens of its own tokenizer. */
  readonly passageSize: PassageSize
  /** Makes its cosines mean what those of the bundled embedder mean. */
  readonly cosineScale: CosineScale
  /** Ends the store and the embedder. */
  close(): Promise<void>
}

/** The index that answers now. */
export interface IndexInUse {
  /** For what needs no waiting: it can be closed as soon as one waits. */
  current(): SearchIndex
  /** Keeps the index open until the task has ended, even if another replaces it meanwhile. */
  use<T>(task: (index: SearchIndex) => Promise<T>): Promise<T>
  /** Resolves when nothing uses it at the moment: background work yields to questions. */
  unused(): Promise<void>
  /**
   * Puts another index in its place: what begins from now on uses that one.
   *
   * @returns the old one, and when its last use has ended, so that it can be closed.
   */
  replace(next: SearchIndex): { readonly old: SearchIndex; readonly ended: Promise<void> }
}

interface Lease {
  readonly index: SearchIndex
  uses: number
  readonly waiting: (() => void)[]
}

export function createIndexInUse(first: SearchIndex): IndexInUse {
  let now: Lease = { index: first, uses: 0, waiting: [] }

  function ended(lease: Lease): Promise<void> {
    if (lease.uses === 0) return Promise.resolve()
    return new Promise((resolve) => lease.waiting.push(resolve))
  }

  return {
    current: () => now.index,
    async use(task) {
      const lease = now
      lease.uses += 1
      try {
        return await task(lease.index)
      } finally {
        lease.uses -= 1
        if (lease.uses === 0) for (const resolve of lease.waiting.splice(0)) resolve()
      }
    },
    unused: () => ended(now),
    replace(next) {
      const before = now
      now = { index: next, uses: 0, waiting: [] }
      return { old: before.index, ended: ended(before) }
    },
  }
}
