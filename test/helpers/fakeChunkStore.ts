import { chunkId, type StoredChunk } from '../../src/shared/domain/chunk.ts'
import type {
  ChunkStore,
  EmbeddedChunk,
  FoundChunk,
  SearchLimits,
} from '../../src/main/retrieval/chunkStore.ts'

export interface FakeChunkStore extends ChunkStore {
  readonly chunks: ReadonlyMap<string, EmbeddedChunk>
  /** Loses one chunk, as a damaged index would. */
  readonly lose: (id: string) => void
  /** Loses the vector of one chunk. */
  readonly loseVector: (id: string) => void
  /** Number of calls of `optimize`. */
  readonly optimized: () => number
}

/** An index in memory. It survives closing the library, as one on disk would. */
export function createFakeChunkStore({
  before = () => Promise.resolve(),
}: {
  /** Called before each write; may reject. */
  readonly before?: (write: 'add' | 'remove' | 'optimize') => Promise<void>
} = {}): FakeChunkStore {
  const chunks = new Map<string, EmbeddedChunk>()
  let optimized = 0
  function found(score: (chunk: StoredChunk) => number, limits: SearchLimits): FoundChunk[] {
    return [...chunks.values()]
      .filter(({ contentId }) => limits.contents?.has(contentId) ?? true)
      .map((chunk) => ({ chunk, score: score(chunk) }))
      .filter((hit) => hit.score > 0)
      .sort((a, b) => b.score - a.score)
      .slice(0, limits.limit)
  }
  return {
    chunks,
    lose: (id) => void chunks.delete(id),
    loseVector(id) {
      const chunk = chunks.get(id)
      if (chunk !== undefined) chunks.set(id, { ...chunk, vector: null })
    },
    optimized: () => optimized,
    async add(rows) {
      await before('add')
      for (const row of rows) chunks.set(row.id, row)
    },
    async remove(contents) {
      await before('remove')
      for (const { id, contentId } of [...chunks.values()]) {
        if (contents.includes(contentId)) chunks.delete(id)
      }
    },
    languages: () => ['en'],
    contents() {
      const counts = new Map<string, number>()
      for (const { contentId } of chunks.values()) {
        counts.set(contentId, (counts.get(contentId) ?? 0) + 1)
      }
      return Promise.resolve(counts)
    },
    count: () => Promise.resolve(chunks.size),
    searchFullText: (query, limits) =>
      Promise.resolve(found(({ text }) => (text.includes(query) ? 1 : 0), limits)),
    searchAllWords: (query) =>
      Promise.resolve(
        [...chunks.values()]
          .filter(({ text }) => text.includes(query))
          .map((chunk) => ({ ...chunk, isCertain: true })),
      ),
    chunksAt: (places) =>
      Promise.resolve(
        places.flatMap(({ contentId, ordinal }) => chunks.get(chunkId(contentId, ordinal)) ?? []),
      ),
    searchVector: (_vector, limits) => Promise.resolve(found(() => 1, limits)),
    range: (contentId, from, to) =>
      Promise.resolve(
        [...chunks.values()].filter(
          (chunk) => chunk.contentId === contentId && chunk.ordinal >= from && chunk.ordinal <= to,
        ),
      ),
    withoutVector: (contentId) =>
      Promise.resolve(
        [...chunks.values()].filter((one) => one.contentId === contentId && one.vector === null),
      ),
    async *scan() {
      yield await Promise.resolve([...chunks.values()])
    },
    async optimize() {
      await before('optimize')
      optimized += 1
    },
    close: () => Promise.resolve(),
  }
}
