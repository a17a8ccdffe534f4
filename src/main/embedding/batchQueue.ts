import { cancelled } from '../../shared/errors.ts'
import type { EmbeddingPurpose } from './embedder.ts'

export type Vector = Float32Array | null

/** Texts of one call that are sent to the process together. */
export interface Batch {
  readonly texts: readonly string[]
  readonly purpose: EmbeddingPurpose
  readonly signal: AbortSignal | undefined
}

/** Batches waiting for the process. Those of questions go before those of passages. */
export interface BatchQueue {
  /** @returns one vector per text, in order. */
  add(batch: Batch): Promise<readonly Vector[]>
  /** Rejects all waiting batches with `cancelled`. */
  clear(): void
}

interface Waiting extends Batch {
  readonly resolve: (vectors: readonly Vector[]) => void
  readonly reject: (error: unknown) => void
}

/**
 * @param embed embeds a batch.
 * @param mostAtOnce number of batches that may be in the process at once.
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
