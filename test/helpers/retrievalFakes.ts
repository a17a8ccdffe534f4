import { chunkId, type StoredChunk } from '../../src/shared/domain/chunk.ts'
import { contentTerms, terms } from '../../src/shared/domain/language/terms.ts'
import type { Embedder } from '../../src/main/embedding/embedder.ts'
import type { ChunkStore, FoundChunk } from '../../src/main/retrieval/chunkStore.ts'

export function chunkOf(
  contentId: string,
  text: string,
  rest: Partial<Omit<StoredChunk, 'id' | 'contentId' | 'text'>> = {},
): StoredChunk {
  const { ordinal = 0, page = 1, start = 0, heading = '' } = rest
  const place = { ordinal, page, start, end: start + text.length }
  return { id: `${contentId}:${ordinal}`, contentId, ...place, text, heading, tokens: 1 }
}

/** A store in memory: full text counts shared words, the test sets the cosine. */
export function fakeStore(
  chunks: readonly StoredChunk[],
  cosine: (chunk: StoredChunk) => number = () => 0,
): Pick<ChunkStore, 'searchFullText' | 'searchVector'> & ChunkStore {
  const best = (
    score: (chunk: StoredChunk) => number,
    limit: number,
    contents: ReadonlySet<string> | undefined,
  ): FoundChunk[] =>
    chunks
      .filter(({ contentId }) => contents?.has(contentId) ?? true)
      .map((chunk) => ({ chunk, score: score(chunk) }))
      .filter((found) => found.score > 0)
      .sort((a, b) => b.score - a.score)
      .slice(0, limit)
  const unused = (): never => {
    throw new Error('A search only reads.')
  }
  return {
    searchFullText: (query, { limit, contents }) => {
      const asked = new Set(contentTerms(query))
      const words = (chunk: StoredChunk): number =>
        terms(chunk.text).filter((term) => asked.has(term)).length
      return Promise.resolve(best(words, limit, contents))
    },
    searchAllWords: (query) => {
      const wanted = contentTerms(query)
      const all = chunks.filter(({ text, heading, source = '' }) => {
        const own = new Set(terms(`${source}\n${heading}\n${text}`))
        return wanted.length > 0 && wanted.every((term) => own.has(term))
      })
      return Promise.resolve(
        all.map((chunk) => ({ ...chunk, isCertain: chunk.source === undefined })),
      )
    },
    chunksAt: (places) => {
      const ids = new Set(places.map(({ contentId, ordinal }) => chunkId(contentId, ordinal)))
      return Promise.resolve(chunks.filter(({ id }) => ids.has(id)))
    },
    searchVector: (_vector, { limit, contents }) => Promise.resolve(best(cosine, limit, contents)),
    languages: () => ['en'],
    count: () => Promise.resolve(chunks.length),
    range: (contentId, from, to) =>
      Promise.resolve(
        chunks.filter((c) => c.contentId === contentId && c.ordinal >= from && c.ordinal <= to),
      ),
    add: unused,
    remove: unused,
    contents: unused,
    scan: unused,
    withoutVector: unused,
    optimize: unused,
    close: unused,
  }
}

/** An embedder with the same vector for every text, or with none. */
export function fakeEmbedder(vector: Float32Array | null = new Float32Array([1])): Embedder {
  return {
    id: 'fake',
    dimensions: 1,
    embed: (texts) => Promise.resolve(texts.map(() => vector)),
    dispose: () => Promise.resolve(),
  }
}

/** All words have the same weight. */
export const evenStatistics = { idf: () => 1 }
