import type { TextRange } from './page.ts'

/**
 * A passage as it is indexed and found: a range of one page.
 * Invariant: `text === page.text.slice(start, end)`.
 */
export interface Chunk extends TextRange {
  /** Position among the chunks of its content, from 0. */
  readonly ordinal: number
  readonly page: number
  readonly text: string
  /** The headings above it, outermost first, joined by ` › `; those inside the text are left out. */
  readonly heading: string
  /** Length in the embedder's own tokens. */
  readonly tokens: number
  /** The language that its words are compared in (ISO 639-1); absent: English. */
  readonly language?: string
}

/** A chunk as stored in the index: `id` is `content:ordinal`. */
export interface StoredChunk extends Chunk {
  readonly id: string
  /** Hash of the content that it was cut from; files with the same content share it. */
  readonly contentId: string
  /** Words of the names of its file and folder, by which it is found as well; absent: none. */
  readonly source?: string
}

/** What names a chunk in the index. */
export type ChunkPlace = Pick<StoredChunk, 'contentId' | 'ordinal'>

export function chunkId(contentId: string, ordinal: number): string {
  return `${contentId}:${String(ordinal)}`
}
