import { listPages } from '../../shared/domain/documentPlace.ts'
import type { DocumentReason } from '../../shared/domain/libraryDocument.ts'

/**
 * Says which pages were left out, and what helps; null if none was.
 *
 * @param isLabelled whether other numbers are printed on the pages, so that these count the file's.
 */
export function whyUnread(pages: readonly number[], isLabelled: boolean): DocumentReason | null {
  if (pages.length === 0) return null
  const listed = `${listPages(pages)}${isLabelled ? ' of the file' : ''}`
  const message =
    pages.length === 1
      ? `Page ${listed} holds a picture or could not be read. If there is text in the picture, run text recognition (OCR) on the document and add the result.`
      : `Pages ${listed} hold pictures or could not be read. If there is text in the pictures, run text recognition (OCR) on the document and add the result.`
  return { code: 'document-empty', message }
}
