import { throwIfAborted } from '../../shared/errors.ts'
import type { Embedder } from '../embedding/embedder.ts'
import type { ChunkStore, SearchLimits } from './chunkStore.ts'
import { rankWithFeedback } from './feedback.ts'
import { fuse, type RankedChunk } from './fusion.ts'

/** Each arm finds at least this many chunks: enough to lose some as duplicates or not live. */
const depthAtLeast = 100
const depthPerWanted = 5

export interface RankOptions {
  /** Number of chunks that are wanted in the end; more are returned. */
  readonly limit: number
  readonly contents?: ReadonlySet<string> | undefined
  readonly isLive?: ((contentId: string) => boolean) | undefined
  readonly signal?: AbortSignal | undefined
}

/** What the search found, and the question's vector. */
export interface Ranking {
  readonly chunks: readonly RankedChunk[]
  readonly vector: Float32Array | null
}

/**
 * Searches by words and by meaning at the same time and ranks all that either found, best first,
 * with feedback from the best.
 *
 * @throws AppError `cancelled`, and what the embedder throws
 */
export async function rankChunks(
  { store, embedder }: { readonly store: ChunkStore; readonly embedder: Embedder },
  query: string,
  { limit, contents, isLive = () => true, signal }: RankOptions,
): Promise<Ranking> {
  throwIfAborted(signal)
  if (query.trim() === '') return { chunks: [], vector: null }
  const depth = Math.max(depthAtLeast, depthPerWanted * limit)
  const limits: SearchLimits = { limit: depth, contents, withVectors: true }
  const [fullText, { vector, found }] = await Promise.all([
    store.searchFullText(query, limits),
    byMeaning(),
  ])
  throwIfAborted(signal)
  const fused = fuse(fullText, found, vector, depth)
  const live = fused.filter(({ chunk }) => isLive(chunk.contentId))
  return { chunks: rankWithFeedback(live, vector), vector }

  async function byMeaning(): Promise<{
    readonly vector: Float32Array | null
    readonly found: Awaited<ReturnType<ChunkStore['searchVector']>>
  }> {
    const [vector = null] = await embedder.embed([query], 'query', signal)
    return { vector, found: vector === null ? [] : await store.searchVector(vector, limits) }
  }
}
