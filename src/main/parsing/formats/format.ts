import type { Page, PageLayout } from '../../../shared/domain/page.ts'
import type { LeftOut } from '../../../shared/domain/leftOut.ts'
import type { ParseLimits } from '../parseLimits.ts'

export interface ParseContext {
  readonly limits: ParseLimits
  readonly signal: AbortSignal
  /** `pages` is null until the number of pages is known. */
  readonly onPage: (page: number, pages: number | null) => void
}

export interface ParsedPages {
  readonly pages: readonly Page[]
  /** Of pages that can be drawn, in page order. */
  readonly layouts: readonly PageLayout[]
  /** Pages with content that could not be read as text. */
  readonly unreadPages: readonly number[]
  /** What else could be read by a person and was not. */
  readonly leftOut?: readonly LeftOut[]
}

/**
 * Reads the files of one format. Its libraries are loaded when it is called, never before.
 *
 * @throws AppError with a sentence that a person can act on.
 */
export type FormatParser = (bytes: Uint8Array, context: ParseContext) => Promise<ParsedPages>

/** The result of a format that has no pages of its own. */
export function singlePage(page: Page, leftOut: readonly LeftOut[] = []): ParsedPages {
  return { pages: [page], layouts: [], unreadPages: [], leftOut }
}
