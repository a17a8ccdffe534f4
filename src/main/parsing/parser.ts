import type { PassageSize } from '../embedding/passageSize.ts'
import type { CutRequest, CutText, ParsedDocument, ParseRequest } from './host/parserContract.ts'

export interface ParseJob extends Readonly<
  Pick<ParseRequest, 'file' | 'name' | 'into' | 'languages'>
> {
  readonly passageSize: PassageSize
  /** Size of the file in bytes, by which it gets its time. */
  readonly bytes: number
  /** Gives the file up early with `timed-out`: other files wait, and it can be read after them. */
  readonly othersWait: boolean
}

/** Text that was read before, to be cut into passages for another embedder. */
export interface CutJob extends Readonly<Pick<CutRequest, 'text' | 'into' | 'languages'>> {
  readonly passageSize: PassageSize
}

/**
 * What was read. The result itself is in the job's folder, one JSON document a line, so that
 * nothing large crosses a process boundary:
 * - `text.jsonl`: `Page`, in page order;
 * - `layout.jsonl`: `PageLayout` of each page that can be drawn (PDF only, else absent);
 * - `chunks.jsonl`: `Chunk`, in order of `ordinal`.
 */
export type { ParsedDocument }

/** Reads files in processes that can be killed. */
export interface Parser {
  /** Number of files that are read at the same time; any more wait for their turn. */
  readonly atOnce: number
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
   * @returns how many, and the languages of the text.
   * @throws AppError as `parse` does.
   */
  cut(job: CutJob, signal?: AbortSignal): Promise<CutText>
  dispose(): Promise<void>
}
