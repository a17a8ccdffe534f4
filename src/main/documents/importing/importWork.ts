import type { FormatId } from '../../../shared/domain/formats.ts'
import type { DocumentReason } from '../../../shared/domain/libraryDocument.ts'
import type { Parser } from '../../parsing/parser.ts'

/** Told after each page, where a file has pages; `pages` is null while their number is not known. */
export type OnPage = Parameters<Parser['parse']>[1]

export type ReadOutcome =
  | { readonly kind: 'read'; readonly file: ReadDocument }
  /** Nothing to index: it failed, or there is nothing new in it, or nobody wants it any more. */
  | { readonly kind: 'finished'; readonly failed: boolean }

/**
 * The work itself. Steps put what goes wrong with a file into its row; they reject with `cancelled`
 * when the signal says so, and with `disk-full` when no file could go on.
 */
export interface ImportSteps {
  read(id: string, onPage: OnPage, signal: AbortSignal): Promise<ReadOutcome>
  /** Several small files at once: an index likes few large writes. Says how many of them failed. */
  index(files: readonly ReadDocument[], hold: IndexHold): Promise<{ readonly failed: number }>
  /** Throws away what was read for a file that is not going to be indexed. */
  discard(files: readonly ReadDocument[]): Promise<void>
  /** After the last file. */
  finish(): Promise<void>
}

export interface IndexHold {
  readonly signal: AbortSignal
  /** Resolves at once, or when a pause is over. */
  readonly unpaused: () => Promise<void>
  readonly onFraction: (done: number) => void
}

/** Puts what a document failed with into its row. */
export type FailDocument = (id: string, error: unknown) => Promise<void>

/** A document that was read and waits to be indexed. */
export interface ReadDocument {
  /** Of its row. */
  readonly id: string
  readonly chunks: number
  readonly contentId: string
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
