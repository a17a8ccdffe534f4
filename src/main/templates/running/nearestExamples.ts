import {
  rowText,
  type Example,
  type InputValues,
  type Template,
} from '../../../shared/domain/template/template.ts'
import { dot } from '../../embedding/dot.ts'
import type { Embedder } from '../../embedding/embedder.ts'

export interface Neighbour {
  readonly example: Example
  /** Cosine of the two inputs, -1 to 1. */
  readonly similarity: number
}

export interface NearestExamples {
  /**
   * The examples whose input is nearest to a row's, nearest first. An example with the same input
   * is left out, since it would reveal the answer.
   */
  nearest(values: InputValues, count: number, signal: AbortSignal): Promise<readonly Neighbour[]>
}

/** A cache of vectors: those of a pool of examples are needed for every row. */
export interface VectorCache {
  vectorsOf(
    texts: readonly string[],
    signal: AbortSignal,
  ): Promise<readonly (Float32Array | null)[]>
}

/** Number of cached vectors; the least recently used ones are evicted first. */
const kept = 25_000

type Vectors = Map<string, Float32Array | null>

/**
 * Caches vectors. Those returned by one call are all from one embedder, which may be exchanged
 * between calls.
 */
export function createVectorCache(embedder: Pick<Embedder, 'id' | 'embed'>): VectorCache {
  let now: { readonly id: string; readonly vectors: Vectors } = {
    id: embedder.id,
    vectors: new Map(),
  }

  function vectorsNow(): Vectors {
    if (now.id !== embedder.id) now = { id: embedder.id, vectors: new Map() }
    return now.vectors
  }

  async function embedMissing(
    vectors: Vectors,
    texts: readonly string[],
    signal: AbortSignal,
  ): Promise<void> {
    const missing = [...new Set(texts)].filter((text) => !vectors.has(text))
    if (missing.length === 0) return
    // Both sides are inputs, so both are embedded as passages.
    const found = await embedder.embed(missing, 'passage', signal)
    for (const [index, text] of missing.entries()) vectors.set(text, found[index] ?? null)
  }

  return {
    async vectorsOf(texts, signal) {
      const vectors = vectorsNow()
      await embedMissing(vectors, texts, signal)
      const found = texts.map((text) => {
        const vector = vectors.get(text) ?? null
        vectors.delete(text)
        vectors.set(text, vector)
        return vector
      })
      for (const text of vectors.keys()) {
        if (vectors.size <= Math.max(kept, texts.length)) break
        vectors.delete(text)
      }
      return found
    },
  }
}

/**
 * Finds the nearest examples of a pool by the cosine of their embeddings (Liu et al. 2021, "What
 * makes good in-context examples for GPT-3?").
 *
 * @param template whose input turns values into the compared texts.
 */
export function createNearestExamples(
  cache: VectorCache,
  template: Pick<Template, 'input' | 'optional'>,
  pool: readonly Example[],
): NearestExamples {
  const texts = pool.map((one) => rowText(template, one.values))
  const plain = texts.map(plainText)

  return {
    async nearest(values, count, signal) {
      const row = rowText(template, values)
      const own = plainText(row)
      const [wanted = null, ...vectors] = await cache.vectorsOf([row, ...texts], signal)
      return pool
        .map((one, index) => ({
          example: one,
          // A text without a vector is similar to nothing.
          similarity: dot(wanted, vectors[index] ?? null) ?? 0,
          isOwn: plain[index] === own,
        }))
        .filter(({ isOwn }) => !isOwn)
        .sort((a, b) => b.similarity - a.similarity)
        .slice(0, count)
        .map(({ example, similarity }) => ({ example, similarity }))
    },
  }
}

/** Normalises case and white space; inputs that differ only in these count as the same. */
export function plainText(text: string): string {
  return text.replace(/\s+/gu, ' ').trim().toLowerCase()
}
