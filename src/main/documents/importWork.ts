import type { DocumentReason, FormatId } from '../../shared/domain/libraryDocument.ts'
import type { Logger } from '../config/logger.ts'
import type { Embedder } from '../embedding/embedder.ts'
import type { ChunkStore } from '../retrieval/chunkStore.ts'
import type { ContentStore } from './contentStore.ts'
import type { ReadFile } from './importQueue.ts'
import type { Ledger } from './ledger.ts'
import type { Parser } from './parser.ts'
import type { LostContents } from './sweeper.ts'
import type { Uploads } from './uploads.ts'

/** A document that was read, and whose text is to be found from now on. */
export interface ReadDocument extends ReadFile {
  readonly content: string
  /** Where the parser put its result; null where the stored text is used again. */
  readonly folder: string | null
  readonly bytes: number
  readonly modifiedMs: number
  readonly format: FormatId | null
  readonly pages: number
  readonly words: number
  readonly unreadPages: readonly number[]
  readonly reason: DocumentReason | null
}

export interface ImportStepsOptions {
  readonly spool: string
  readonly ledger: Ledger
  readonly parser: Parser
  readonly store: ChunkStore
  readonly embedder: Embedder
  readonly contents: ContentStore
  readonly uploads: Uploads
  readonly logger: Logger
  /** Keeps writes of contents apart from the sweeping of contents. */
  readonly exclusive: <T>(task: () => Promise<T>) => Promise<T>
  /** Removes those contents that no row needs any more; called inside `exclusive`. */
  readonly sweep: (contents: readonly string[]) => Promise<void>
  /** Whether some row, perhaps a removed one, needs a content. */
  readonly isNeeded: (content: string) => boolean
  /** Contents with stored text that the index lost, or never had for this embedder. */
  readonly lost: LostContents
  readonly now: () => number
}
