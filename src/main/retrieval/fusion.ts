import type { StoredChunk } from '../../shared/domain/chunk.ts'
import { dot } from '../embedding/dot.ts'
import type { FoundChunk } from './chunkStore.ts'

/** A chunk with what each arm of the search says of it. */
export interface RankedChunk {
  readonly chunk: StoredChunk
  /** Unit vector; null for text without one, or if the search did not ask for it. */
  readonly vector: Float32Array | null
  /** BM25 divided by the best BM25. */
  readonly words: number
  /** `words` plus the weighed cosine. */
  readonly fused: number
  /** BM25; null if full text did not find it. */
  readonly fullText: number | null
  /** Cosine similarity with the question; null if neither the search nor its vector gives it. */
  readonly cosine: number | null
}

/**
 * Weight of the cosine against BM25 divided by its best, while the question alone is compared. The
 * bundled embedder is the weaker arm: over ten collections this weight gained on eight and lost at
 * most 0.008 nDCG@10, while fusing ranks (RRF), which takes both arms for equally good, lost on
 * nine. `feedback.ts` makes vectors the better arm, and weighs them as much as words.
 */
export const questionCosineWeight = 0.5

/**
 * Joins what full text and vector search found for one question, best first.
 *
 * A chunk that full text did not find gets what its list leaves it at most: the last score if the
 * list was full (`depth`), else nothing. So it is neither punished for a list that had to end nor
 * rewarded above those in it. Its cosine is worked out where only words found it.
 *
 * @param question its vector; null if it has none.
 */
export function fuse(
  fullText: readonly FoundChunk[],
  byVector: readonly FoundChunk[],
  question: Float32Array | null,
  depth: number,
): RankedChunk[] {
  const found = new Map([...fullText, ...byVector].map((one) => [one.chunk.id, one]))
  const bm25 = scoresById(fullText)
  const cosines = scoresById(byVector)
  const best = Math.max(...bm25.values(), Number.MIN_VALUE)
  const lastBm25 = fullText.length < depth ? 0 : (fullText.at(-1)?.score ?? 0)
  const ranked = [...found.values()].map(({ chunk, vector = null }) => {
    const score = bm25.get(chunk.id) ?? null
    const words = (score ?? lastBm25) / best
    const cosine = cosines.get(chunk.id) ?? dot(question, vector)
    const fused = words + questionCosineWeight * Math.max(0, cosine ?? 0)
    return { chunk, vector, words, fused, fullText: score, cosine }
  })
  return bestFirst(ranked)
}

export function bestFirst(chunks: readonly RankedChunk[]): RankedChunk[] {
  return [...chunks].sort((a, b) => b.fused - a.fused || (a.chunk.id < b.chunk.id ? -1 : 1))
}

function scoresById(found: readonly FoundChunk[]): ReadonlyMap<string, number> {
  return new Map(found.map(({ chunk, score }) => [chunk.id, score]))
}
