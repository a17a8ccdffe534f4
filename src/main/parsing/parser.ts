import type { FormatId } from '../../shared/domain/formats.ts'
import type { DocumentReason } from '../../shared/domain/libraryDocument.ts'
import type { PassageSize } from '../embedding/passageSize.ts'

export interface ParseJob {
  /** Path of the file to read. */
  readonly file: string
  /** Its name as the user knows it; its extension is a hint, its bytes decide. */
  readonly name: string
  /** An existing, empty folder that takes the result. */
  readonly into: string
  readonly passageSize: PassageSize
}

/** Text that was read before, to be cut into passages for another embedder. */
export interface CutJob {
  /** Path of a `text.jsonl`. */
  readonly text: string
  /** An existing, empty folder that takes `chunks.jsonl`. */
  readonly into: string
  readonly passageSize: PassageSize
}

/**
 * What was read. The result itself lies in the job's folder, one JSON document a line, so that
 * nothing large crosses a process boundary:
 * - `text.jsonl`: `Page`, in page order;
 * - `layout.jsonl`: `PageLayout` of each page that can be drawn (PDF only, else absent);
 * - `chunks.jsonl`: `Chunk`, in order of `ordinal`.
 */
export interface ParsedDocument {
  readonly format: FormatId
  /** SHA-256 of the bytes that were read, in hex. */
  readonly sha256: string
  readonly bytes: number
  readonly pages: number
  readonly chunks: number
  readonly words: number
  /** Pages without text although something is on them, or that could not be read. */
  readonly unreadPages: readonly number[]
  /** Why `unreadPages` is not empty, or null. */
  readonly reason: DocumentReason | null
}

/** Reads one file at a time in a process that can be killed. */
export interface Parser {
  /**
   * @throws AppError with a sentence that a person can act on: `unsupported-format`,
   * `document-unreadable`, `document-encrypted`, `document-too-large`, `document-empty`,
   * `permission-denied`, `not-found`, `timed-out`, `out-of-memory`, `host-crashed`, `cancelled`.
   */
  parse(
    job: ParseJob,
    onProgress: (progress: { readonly page: number; readonly pages: number | null }) => void,
    signal?: AbortSignal,
  ): Promise<ParsedDocument>
  /**
   * Cuts stored text into passages.
   *
   * @returns how many.
   * @throws AppError as `parse` does.
   */
  cut(job: CutJob, signal?: AbortSignal): Promise<number>
  dispose(): Promise<void>
}
