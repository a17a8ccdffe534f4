import type { FormatId } from '../../../shared/domain/formats.ts'
import type { LeftOut } from '../../../shared/domain/leftOut.ts'
import type { LabelRun } from '../../../shared/domain/pageLabels.ts'
import type { DocumentReason } from '../../../shared/domain/libraryDocument.ts'
import type { Parser } from '../../parsing/parser.ts'

/** Called after each page if a file has pages; `pages` is null while their number is unknown. */
export type OnPage = Parameters<Parser['parse']>[1]

export type ReadOutcome =
  | { readonly kind: 'read'; readonly file: ReadDocument }
  /** Nothing to index: it failed, is unchanged, or was removed. */
  | { readonly kind: 'finished'; readonly failed: boolean }
  /** It took too long while others waited; it is to be read after them. */
  | { readonly kind: 'put-off' }

/** How a file is to be read. */
export interface ReadControl {
  readonly signal: AbortSignal
  readonly onPage: OnPage
  /** Whether other files wait, so that one that takes long is put off. */
  readonly othersWait: boolean
}

/**
 * The steps of the import. They store a file's error in its row, and reject with `cancelled` after
 * an abort and with `disk-full`, which affects all files.
 */
export interface ImportSteps {
  read(id: string, control: ReadControl): Promise<ReadOutcome>
  /**
   * Indexes several files at once, since a few large writes are faster. Returns the number of
   * failures.
   */
  index(files: readonly ReadDocument[], control: IndexControl): Promise<{ readonly failed: number }>
  /** Deletes the parsed text of files that won't be indexed. */
  discard(files: readonly ReadDocument[]): Promise<void>
  /** Called after the last file. */
  finish(): Promise<void>
}

export interface IndexControl {
  readonly signal: AbortSignal
  /** Resolves at once, or after the current pause. */
  readonly unpaused: () => Promise<void>
  readonly onFraction: (done: number) => void
}

/** Stores a document's error in its row. */
export type FailDocument = (id: string, error: unknown) => Promise<void>

/** A document that was read and is waiting to be indexed. */
export interface ReadDocument {
  /** Id of its row. */
  readonly id: string
  readonly chunks: number
  readonly contentId: string
  /** Folder of the parser's result; null if the stored text is used again. */
  readonly folder: string | null
  readonly bytes: number
  readonly modifiedMs: number
  readonly format: FormatId | null
  readonly pages: number
  readonly words: number
  readonly languages: readonly string[]
  readonly unreadPages: readonly number[]
  readonly leftOut?: readonly LeftOut[] | undefined
  readonly pageLabels: readonly LabelRun[]
  readonly reason: DocumentReason | null
}
