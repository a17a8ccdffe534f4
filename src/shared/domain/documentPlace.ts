import { formats, type FormatId, type PagesOfFormat } from './formats.ts'
import type { LibraryDocument } from './libraryDocument.ts'
import { labelOf } from './pageLabels.ts'

/** What the pages of a format are called; null for formats that have none. */
export function pageWord(format: FormatId | null): PagesOfFormat['word'] | null {
  return pagesOf(format)?.word ?? null
}

/** What of a document says what its pages are called. */
export type PagedDocument = Pick<LibraryDocument, 'format' | 'pages' | 'pageLabels'>

/** What a page is called: as printed on it, else by its number. */
export function pageName({ pageLabels = [] }: PagedDocument, page: number): string {
  return labelOf(pageLabels, page) ?? String(page)
}

/**
 * `page 3`, `slide 3`; where something else is printed on the page `page iv (6 of 20)`; blank in a
 * format without pages.
 */
export function numberedPlace(document: PagedDocument, page: number): string {
  const word = pageWord(document.format)
  if (word === null) return ''
  const name = pageName(document, page)
  const isNumber = name === String(page)
  return `${word} ${name}${isNumber ? '' : ` (${inFile(page, document.pages)})`}`
}

/** `page 3 of 20`, `page iv (6 of 20)`; blank in a format without pages. */
export function countedPlace(document: PagedDocument, page: number): string {
  const place = numberedPlace(document, page)
  return place === '' || place.endsWith(')') ? place : `${place} of ${String(document.pages)}`
}

function inFile(page: number, pages: number): string {
  return `${String(page)} of ${String(pages)}`
}

/** `3 pages`, `1 slide`; blank in a format without pages. */
export function pagesInWords(format: FormatId | null, pages: number): string {
  const word = pageWord(format)
  return word === null ? '' : `${String(pages)} ${word}${pages === 1 ? '' : 's'}`
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
 * @param document null if it is gone.
 * @param heading the headings above it, outermost first, joined by ` › `.
 */
export function placeInWords(
  document: PagedDocument | null,
  page: number,
  heading: string,
): string {
  // The header row of a table is among the headings as well, but names no place.
  const innermost = heading.split(' › ').findLast((part) => !part.includes(' | ')) ?? ''
  if (innermost !== '' && !isFoundByNumber(document?.format ?? null)) return innermost
  return document === null ? '' : numberedPlace(document, page)
}

/** What was cited. Answers from before places were kept name a page. */
interface Cited {
  readonly page: number
  readonly place?: string | undefined
}

/** The place of what was cited; blank in a document without places. */
export function placeOf({ page, place = `page ${String(page)}` }: Cited): string {
  return place
}

/** Whether the place is a page by its number, not a heading. */
export function isNumberedPlace(cited: Cited): boolean {
  const [place, page] = [placeOf(cited), String(cited.page)]
  return place.endsWith(` ${page}`) || place.includes(` (${page} of `)
}

/** Name and place of what was cited. */
export function citedPlace(cited: Cited & { readonly name: string }): string {
  const place = placeOf(cited)
  return place === '' ? cited.name : `${cited.name}, ${place}`
}
