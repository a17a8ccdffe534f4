import type { Line } from './line.ts'

/** Lines at the top and bottom of a page that are looked at. */
const depth = 3
/** Share of the pages on which a line must return; a little less than half for left/right pages. */
const share = 0.4
const minPages = 3

interface PageLines {
  readonly page: number
  readonly height: number
  readonly lines: readonly Line[]
}

export interface Furniture {
  /** Lines to leave out. */
  readonly lines: ReadonlySet<Line>
  /** These, and all others that are at the edge of two pages or more, alike but for their figures. */
  readonly returning: ReadonlySet<Line>
}

/** A line and the page that it is on. */
interface Copy {
  readonly line: Line
  readonly page: number
}

/**
 * Finds running headers, footers and page numbers: lines near the edge that return on many pages at
 * the same height. They would break sentences that run over a page end and outweigh every passage in
 * the index. What differs between their copies must be the number of the page and nothing else:
 * Invoice 1003, Article 3 and an amount are what the page says. Sentences are never furniture, and a
 * line that returns unchanged is kept where it is first, so that its words are not lost.
 */
export function findFurniture(pages: readonly PageLines[]): Furniture {
  const groups = new Map<string, Copy[]>()
  for (const page of pages) {
    const seen = new Set<string>()
    for (const line of edgeLines(page)) {
      if (isSentence(line.text)) continue
      const key = `${Math.round(line.baseline / 4)} ${line.text.replace(/\d+/g, '#')}`
      if (seen.has(key)) continue
      seen.add(key)
      const copy = { line, page: page.page }
      const group = groups.get(key)
      if (group === undefined) groups.set(key, [copy])
      else group.push(copy)
    }
  }
  const needed = Math.max(minPages, pages.length * share)
  const furniture = new Set<Line>()
  const bodySize = usualSize(pages)
  for (const copies of groups.values()) {
    if (copies.length < needed) continue
    const [first] = copies
    const isSame = copies.every(({ line }) => line.text === first?.line.text)
    const left = isSame ? copies.slice(1) : numbersPages(copies, bodySize) ? copies : []
    for (const { line } of left) furniture.add(line)
  }
  const returning = [...groups.values()].filter((copies) => copies.length > 1).flat()
  return {
    lines: withoutLast(furniture, pages),
    returning: new Set(returning.map(({ line }) => line)),
  }
}

function edgeLines({ height, lines }: PageLines): readonly Line[] {
  const upright = lines.filter(({ turns }) => turns === 0)
  const byHeight = [...upright].sort((one, other) => one.baseline - other.baseline)
  const top = byHeight.slice(0, depth).filter(({ baseline }) => baseline < height * 0.15)
  const bottom = byHeight.slice(-depth).filter(({ baseline }) => baseline > height * 0.85)
  return [...new Set([...top, ...bottom])]
}

/** Four words and a full stop: what a page says, even if others say it too. */
function isSentence(text: string): boolean {
  return /[.!?]["”’»)]?$/u.test(text) && text.split(/\s+/u).length >= 4
}

/** Words beside the number of a page, and signs that set it off. */
const pageWords =
  /^(?:[\p{P}\p{S}\s|]|page|pages|pg|p|of|seite|seiten|von|blatt|página|página|pagina|páginas|pág|de|di|su|sida|side|av|sur|bladzijde|van|blz|strona|strana|str|z|страница|стр|из|sayfa|oldal|第|頁|页|ページ|共|의|쪽)*$/iu

/** Whether a text is nothing but the number of a page: `12`, `– 12 –`, `Page 3 of 9`, `iv`. */
export function isPageNumber(text: string): boolean {
  return pageWords.test(text.replace(/\d+/gu, ' ')) || /^[ivxlc]+$/iu.test(text)
}

/**
 * Whether lines that are alike but for their figures number the pages: one of the figures counts with
 * the pages, the others never change, and the words beside it say so, a gap sets it off, or it begins
 * or ends a running title, which is no larger than the text: Invoice 1003 is a heading.
 */
function numbersPages(copies: readonly Copy[], bodySize: number): boolean {
  const figures = copies.map(({ line }) => (line.text.match(/\d+/gu) ?? []).map(Number))
  const [first = []] = figures
  const counting: number[] = []
  for (const at of first.keys()) {
    const values = figures.map((one) => one[at] ?? NaN)
    if (values.every((value) => value === values[0])) continue
    const offsets = copies.map(({ page }, index) => (values[index] ?? NaN) - page)
    if (offsets.some((offset) => offset !== offsets[0])) return false
    counting.push(at)
  }
  const [at] = counting
  if (at === undefined || counting.length > 1) return false
  return copies.every(({ line }) => isSetOff(line, at, bodySize))
}

/** Letters decide: most of a document is its text. */
function usualSize(pages: readonly PageLines[]): number {
  const letters = new Map<number, number>()
  for (const { text, size } of pages.flatMap(({ lines }) => lines)) {
    letters.set(size, (letters.get(size) ?? 0) + text.length)
  }
  const [most] = [...letters].sort(([, one], [, other]) => other - one)
  return most?.[0] ?? 0
}

/** Words of a running title: a name of one thing, such as Room 3, has fewer. */
const titleWords = 3

/** Without its number the cell of a running line is blank or says “page”. */
function isSetOff({ text, size }: Line, figure: number, bodySize: number): boolean {
  let at = -1
  const marked = text.replace(/\d+/gu, (digits) => {
    at += 1
    return at === figure ? '\0' : digits
  })
  const cell = marked.split(' | ').find((part) => part.includes('\0')) ?? ''
  if (pageWords.test(cell.replace('\0', ' ').replace(/\d+/gu, ' '))) return true
  const isAtEdge = marked.startsWith('\0') || marked.endsWith('\0')
  return isAtEdge && size <= bodySize && (marked.match(/\p{L}{2,}/gu) ?? []).length >= titleWords
}

/** A page of which nothing would be left keeps all it has, unless that is only its number. */
function withoutLast(furniture: ReadonlySet<Line>, pages: readonly PageLines[]): ReadonlySet<Line> {
  const kept = new Set(furniture)
  for (const { lines } of pages) {
    if (lines.some((line) => !furniture.has(line))) continue
    for (const line of lines) if (/\p{L}{3}/u.test(line.text)) kept.delete(line)
  }
  return kept
}
