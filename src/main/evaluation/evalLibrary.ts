import type { Embedder } from '../embedding/embedder.ts'
import type { ChunkStore } from '../retrieval/chunkStore.ts'
import type { Retrieval } from '../retrieval/retrieval.ts'
import type { CorpusEntry } from './beir.ts'

/** A temporary library to measure with, made of the same parts as the app's own. */
export interface EvalLibrary {
  /** Imports texts as documents, through the same path as files; titles become headings. */
  importTexts(entries: readonly CorpusEntry[]): Promise<void>
  /** The entry that a content was imported from. */
  entryOf(contentId: string): string | null
  readonly store: ChunkStore
  readonly embedder: Embedder
  readonly retrieval: Retrieval
  readonly statistics: { idf(term: string): number }
  onProgress?(done: number, total: number): void
}
