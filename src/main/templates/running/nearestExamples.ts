import { fillIn, type Example, type InputValues } from '../../../shared/domain/template/template.ts'
import { dot } from '../../embedding/dot.ts'
import type { Embedder } from '../../embedding/embedder.ts'

export interface Neighbour {
  readonly example: Example
  /** Cosine of the two inputs, -1 to 1. */
  readonly similarity: number
}

export interface NearestExamples {
  /**
   * The examples whose input is nearest to a row's, nearest first. One with the row's very input is
   * left out: it would hand over the answer.
   */
  nearest(values: InputValues, count: number, signal: AbortSignal): Promise<readonly Neighbour[]>
}

/** Vectors that are kept: those of a pool of examples, in the prompt of every row anew. */
export interface VectorCache {
  vectorsOf(
    texts: readonly string[],
    signal: AbortSignal,
  ): Promise<readonly (Float32Array | null)[]>
}

/** Texts whose vectors are kept; the least recently used ones go first. */
const kept = 25_000

type Vectors = Map<string, Float32Array | null>

/** Vectors of one call are all of one embedder: another may take its place between two calls. */
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
    // Both sides are inputs: as passages, they are compared alike.
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
 * Finds the nearest of a pool by the cosine of embeddings (Liu et al. 2021, "What makes good
 * in-context examples for GPT-3?").
 *
 * @param input the template's input, by which both sides are made into texts.
 */
export function createNearestExamples(
  cache: VectorCache,
  input: string,
  pool: readonly Example[],
): NearestExamples {
  const texts = pool.map((one) => fillIn(input, one.values))
  const plain = texts.map(plainText)

  return {
    async nearest(values, count, signal) {
      const row = fillIn(input, values)
      const own = plainText(row)
      const [wanted = null, ...vectors] = await cache.vectorsOf([row, ...texts], signal)
      return pool
        .map((one, index) => ({
          example: one,
          // A text without a known word is like nothing.
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

/** Texts that differ in capitals and white space only are the same input. */
export function plainText(text: string): string {
  return text.replace(/\s+/gu, ' ').trim().toLowerCase()
}
