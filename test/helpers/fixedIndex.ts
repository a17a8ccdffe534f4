import type { Embedder } from '../../src/main/embedding/embedder.ts'
import type { ChunkStore } from '../../src/main/retrieval/chunkStore.ts'
import {
  createIndexInUse,
  type IndexInUse,
  type SearchIndex,
} from '../../src/main/retrieval/searchIndex.ts'
import type { TermStatistics } from '../../src/main/retrieval/termStatistics.ts'

/** Every word weighs the same. */
const even: TermStatistics = {
  chunks: 0,
  averageLength: 0,
  documentFrequency: () => 0,
  idf: () => 1,
}

/** An index as the app opens one, of parts that the test has. */
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

/** An index in use that nothing takes the place of. */
export function fixedIndex(...parts: Parameters<typeof indexOf>): IndexInUse {
  return createIndexInUse(indexOf(...parts))
}
