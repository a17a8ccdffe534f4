import type { Page, PageLayout } from '../../../shared/domain/page.ts'

/** What a format may not exceed, so that no file can exhaust the machine. */
export interface ParseLimits {
  /** Size of the file. */
  readonly bytes: number
  /** Size of a file whose bytes are text, all of which must be in memory at once. */
  readonly textBytes: number
  /** Size of everything in a zip container once unpacked. */
  readonly unpackedBytes: number
}

export const defaultParseLimits: ParseLimits = {
  bytes: 200 * 1024 * 1024,
  textBytes: 64 * 1024 * 1024,
  unpackedBytes: 256 * 1024 * 1024,
}

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
}

/**
 * Reads the files of one format. Its libraries are loaded when it is called, never before.
 *
 * @throws AppError with a sentence that a person can act on.
 */
export type FormatParser = (bytes: Uint8Array, context: ParseContext) => Promise<ParsedPages>

/** The result of a format that has no pages of its own. */
export function singlePage(page: Page): ParsedPages {
  return { pages: [page], layouts: [], unreadPages: [] }
}
