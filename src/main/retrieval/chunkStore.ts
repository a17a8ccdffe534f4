import type { ChunkPlace, StoredChunk } from '../../shared/domain/chunk.ts'

export interface EmbeddedChunk extends StoredChunk {
  /** Unit vector; null for text without a vector. */
  readonly vector: Float32Array | null
}

export interface FoundChunk {
  readonly chunk: StoredChunk
  /** BM25 score, or cosine similarity. Higher is better. */
  readonly score: number
  /** Unit vector, if the search was asked for vectors; null for text that has none. */
  readonly vector?: Float32Array | null
}

/** A chunk that has all words of a query. */
export interface MatchingChunk extends ChunkPlace {
  /** False if one of the words may be in the names of its file only: its text has to be looked at. */
  readonly isCertain: boolean
}

export interface SearchLimits {
  readonly limit: number
  /** Search only in these contents; undefined: in all. */
  readonly contents?: ReadonlySet<string> | undefined
  /** Reads the vectors of what is found, too. */
  readonly withVectors?: boolean
}

/**
 * The index of chunks. Every write goes through one queue. Rows are found as soon as `add`
 * resolves. Writes throw AppError `disk-full`.
 */
export interface ChunkStore {
  /** Replaces chunks with the same id. @throws AppError `invalid-input` for a wrong vector length. */
  add(chunks: readonly EmbeddedChunk[]): Promise<void>
  remove(contents: readonly string[]): Promise<void>
  /** Number of chunks of each content that has any. */
  contents(): Promise<ReadonlyMap<string, number>>
  count(): Promise<number>
  /** The languages of these contents, or of all (ISO 639-1): that of the most chunks first. */
  languages(contents?: ReadonlySet<string>): readonly string[]
  /** BM25 over heading and text. Words are OR-ed; no match gives no result. */
  searchFullText(query: string, limits: SearchLimits): Promise<readonly FoundChunk[]>
  /**
   * The chunks that have all words of a query, in any inflection, function words apart: in their text,
   * headings or the names of their file. Best first, all there are: those of a content may be left out
   * after one that is certain.
   */
  searchAllWords(query: string): Promise<readonly MatchingChunk[]>
  /**
   * Exact cosine, or approximate once there is a vector index.
   *
   * @throws AppError `invalid-input` for a wrong vector length.
   */
  searchVector(vector: Float32Array, limits: SearchLimits): Promise<readonly FoundChunk[]>
  /** Chunks `from` … `to` (inclusive) of a content, in order. */
  range(contentId: string, from: number, to: number): Promise<readonly StoredChunk[]>
  /** The chunks at some places, in no order; those that are gone are left out. */
  chunksAt(places: readonly ChunkPlace[]): Promise<readonly StoredChunk[]>
  /** The chunks of a content that have no vector. */
  withoutVector(contentId: string): Promise<readonly StoredChunk[]>
  /** Every chunk, in batches, for term statistics. */
  scan(): AsyncIterable<readonly StoredChunk[]>
  /** Compacts, refreshes indexes and frees old versions. */
  optimize(): Promise<void>
  close(): Promise<void>
}
