import { cancelled } from '../../shared/errors.ts'
import type { EmbeddingPurpose } from './embedder.ts'

export type Vector = Float32Array | null

/** Texts of one call that travel together. */
export interface Batch {
  readonly texts: readonly string[]
  readonly purpose: EmbeddingPurpose
  readonly signal: AbortSignal | undefined
}

/** Batches that wait for the process; those of questions overtake those of passages. */
export interface BatchQueue {
  /** @returns the vectors, once it was the batch's turn. */
  add(batch: Batch): Promise<readonly Vector[]>
  /** Rejects what waits with `cancelled`. */
  clear(): void
}

interface Waiting extends Batch {
  readonly resolve: (vectors: readonly Vector[]) => void
  readonly reject: (error: unknown) => void
}

/**
 * @param embed embeds a batch.
 * @param mostAtOnce batches that are embedded at once.
 */
export function createBatchQueue(
  embed: (batch: Batch) => Promise<readonly Vector[]>,
  mostAtOnce: number,
): BatchQueue {
  const questions: Waiting[] = []
  const passages: Waiting[] = []
  let active = 0

  function next(): void {
    while (active < mostAtOnce) {
      const batch = questions.shift() ?? passages.shift()
      if (batch === undefined) return
      active += 1
      void embed(batch)
        .then(batch.resolve, batch.reject)
        .finally(() => {
          active -= 1
          next()
        })
    }
  }

  return {
    add: (batch) =>
      new Promise((resolve, reject) => {
        const queue = batch.purpose === 'query' ? questions : passages
        queue.push({ ...batch, resolve, reject })
        next()
      }),
    clear() {
      const left = [...questions.splice(0), ...passages.splice(0)]
      for (const batch of left) batch.reject(cancelled())
    },
  }
}
