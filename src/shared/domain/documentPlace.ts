import { formats, type FormatId, type PagesOfFormat } from './formats.ts'

/** What the pages of a format are called; null for formats that have none. */
export function pageWord(format: FormatId | null): PagesOfFormat['word'] | null {
  return pagesOf(format)?.word ?? null
}

/** `page 3`, `slide 3`; blank in a format without pages. */
export function numberedPlace(format: FormatId | null, page: number): string {
  const word = pageWord(format)
  return word === null ? '' : `${word} ${String(page)}`
}

/** `3 pages`, `1 slide`; blank in a format without pages. */
export function pagesInWords(format: FormatId | null, pages: number): string {
  const word = pageWord(format)
  return word === null ? '' : `${String(pages)} ${word}${pages === 1 ? '' : 's'}`
}

/** Whether people find a page of this format by its number; sheets and parts have names. */
export function isFoundByNumber(format: FormatId | null): boolean {
  return pagesOf(format)?.foundBy === 'number'
}

function pagesOf(format: FormatId | null): PagesOfFormat | null {
  return format === null ? null : formats[format].pages
}

/**
 * The position of a passage in words: `page 3`, `slide 3`; elsewhere the nearest heading above it,
 * which on a sheet is its name; without one `sheet 3` or nothing.
 *
 * @param heading the headings above it, outermost first, joined by ` › `.
 */
export function placeInWords(format: FormatId | null, page: number, heading: string): string {
  // The header row of a table is among the headings as well, but names no place.
  const innermost = heading.split(' › ').findLast((part) => !part.includes(' | ')) ?? ''
  return isFoundByNumber(format) || innermost === '' ? numberedPlace(format, page) : innermost
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
