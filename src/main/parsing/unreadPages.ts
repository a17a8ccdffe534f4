import type { DocumentReason } from '../../shared/domain/libraryDocument.ts'

/** Says which pages were left out, and what helps; null if none was. */
export function whyUnread(pages: readonly number[]): DocumentReason | null {
  if (pages.length === 0) return null
  const message =
    pages.length === 1
      ? `Page ${listPages(pages)} holds a picture or could not be read. If there is text in the picture, run text recognition (OCR) on the document and add the result.`
      : `Pages ${listPages(pages)} hold pictures or could not be read. If there is text in the pictures, run text recognition (OCR) on the document and add the result.`
  return { code: 'document-empty', message }
}

const longestList = 8

/** `3`, `3 and 4`, `3–7, 9 and 12`; a long list ends in `and others`. */
export function listPages(pages: readonly number[]): string {
  const spans: string[] = []
  for (let from = 0; from < pages.length;) {
    let to = from
    while (to + 1 < pages.length && pages[to + 1] === (pages[to] ?? 0) + 1) to += 1
    if (to - from >= 2) spans.push(`${pages[from] ?? ''}–${pages[to] ?? ''}`)
    else spans.push(...pages.slice(from, to + 1).map(String))
    from = to + 1
  }
  if (spans.length > longestList) return `${spans.slice(0, longestList - 1).join(', ')} and others`
  const last = spans.pop() ?? ''
  return spans.length === 0 ? last : `${spans.join(', ')} and ${last}`
}
