import type { FormatId } from '../../../shared/domain/formats.ts'
import type { DocumentReason } from '../../../shared/domain/libraryDocument.ts'
import type { Logger } from '../../disk/logger.ts'
import type { IndexInUse } from '../../retrieval/searchIndex.ts'
import type { ContentStore } from '../store/contentStore.ts'
import type { Ledger } from '../store/ledger.ts'
import type { Parser } from '../../parsing/parser.ts'
import type { LostContents } from '../store/sweeper.ts'
import type { Uploads } from '../store/uploads.ts'

/** A file that was read and waits to be indexed. */
export interface ReadFile {
  readonly id: string
  readonly chunks: number
}

/** Told after each page, where a file has pages; `pages` is null while their number is not known. */
export type OnPage = Parameters<Parser['parse']>[1]

export type ReadOutcome<R extends ReadFile> =
  | { readonly kind: 'read'; readonly file: R }
  /** Nothing to index: it failed, or there is nothing new in it, or nobody wants it any more. */
  | { readonly kind: 'finished'; readonly failed: boolean }

/**
 * The work itself. Steps put what goes wrong with a file into its row; they reject with `cancelled`
 * when the signal says so, and with `disk-full` when no file could go on.
 */
export interface ImportSteps<R extends ReadFile> {
  read(id: string, onPage: OnPage, signal: AbortSignal): Promise<ReadOutcome<R>>
  /** Several small files at once: an index likes few large writes. Says how many of them failed. */
  index(files: readonly R[], hold: IndexHold): Promise<{ readonly failed: number }>
  /** Throws away what was read for a file that is not going to be indexed. */
  discard(files: readonly R[]): Promise<void>
  /** After the last file. */
  finish(): Promise<void>
}

export interface IndexHold {
  readonly signal: AbortSignal
  /** Resolves at once, or when a pause is over. */
  readonly unpaused: () => Promise<void>
  readonly onFraction: (done: number) => void
}

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
  /** What it gives stays the same within `exclusive`. */
  readonly index: Pick<IndexInUse, 'current'>
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
