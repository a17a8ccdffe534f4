import type { Embedder } from '../../src/main/embedding/embedder.ts'
import type { ChunkStore } from '../../src/main/retrieval/chunkStore.ts'
import {
  createIndexInUse,
  type IndexInUse,
  type SearchIndex,
} from '../../src/main/retrieval/searchIndex.ts'
import type { TermStatistics } from '../../src/main/retrieval/termStatistics.ts'

/** All words have the same weight. */
const even: TermStatistics = {
  chunks: 0,
  averageLength: 0,
  terms: () => [],
  documentFrequency: () => 0,
  idf: () => 1,
}

/** An index of the test's own parts. */
export function indexOf(
  parts: { readonly store: ChunkStore; readonly embedder: Embedder } & Partial<SearchIndex>,
): SearchIndex {
  return {
    id: parts.embedder.id,
    statistics: even,
    passageSize: { tokenizerDir: '/none', maxTokens: 1_000 },
    cosineScale: (cosine) => cosine,
    close: () => parts.store.close(),
    ...parts,
  }
}

/** An index in use that is never replaced. */
export function fixedIndex(...parts: Parameters<typeof indexOf>): IndexInUse {
  return createIndexInUse(indexOf(...parts))
}
