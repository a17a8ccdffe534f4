import type { FormatId } from './libraryDocument.ts'

/** What the pages of a format are called; null for formats that have none. */
export function pageWord(format: FormatId | null): 'page' | 'slide' | null {
  switch (format) {
    case 'pdf':
      return 'page'
    case 'pptx':
      return 'slide'
    case 'docx':
    case 'xlsx':
    case 'epub':
    case 'eml':
    case 'html':
    case 'markdown':
    case 'text':
    case 'csv':
    case null:
      return null
  }
}

/**
 * Where a passage stands, in words: `page 3`; in a format without pages the nearest heading above
 * it, blank if there is none.
 *
 * @param heading the headings above it, outermost first, joined by ` › `.
 */
export function placeInWords(format: FormatId | null, page: number, heading: string): string {
  const word = pageWord(format)
  return word === null ? (heading.split(' › ').at(-1) ?? '') : `${word} ${String(page)}`
}

/** Name and place of what was cited. Answers from before places were kept name a page. */
export function citedPlace({
  name,
  page,
  place = `page ${String(page)}`,
}: {
  readonly name: string
  readonly page: number
  readonly place?: string | undefined
}): string {
  return place === '' ? name : `${name}, ${place}`
}
