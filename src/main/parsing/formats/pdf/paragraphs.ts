import type { Block } from '../../../../shared/domain/page.ts'
import type { Line } from './line.ts'

/** Lines that belong together, and what they are. */
export interface Paragraph {
  readonly kind: Block['kind']
  readonly level?: number
  readonly lines: readonly Line[]
}

/**
 * How most of a document's text is set; headings and paragraphs are recognised by how they differ.
 */
export interface Typography {
  readonly bodySize: number
  readonly bodyFont: string
  /** Sizes of headings, largest first. */
  readonly headingSizes: readonly number[]
  /** Of each size, how deep its outermost numbered heading is: 1 for `3 Leave`, 2 for `3.2 Days`. */
  readonly depths: ReadonlyMap<number, number>
  /** Half of all letters are in lines at least this wide. */
  readonly lineWidth: number
}

const bullet = /^(?:[•◦▪●○■–—*·‣-]|\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,4})[.)])\s+\S/
const sectionNumber = /^(?:§\s*)?(\d{1,2}(?:\.\d{1,2}){0,4})\.?\s+\p{L}/u
const sentenceEnd = /[.!?:;,]["'”’)\]]*$/

/** Measures a document: most letters are body text, short larger lines are headings. */
export function measureTypography(lines: readonly Line[]): Typography {
  const sizes = new Map<number, number>()
  const fonts = new Map<string, number>()
  for (const { text, size, font } of lines) {
    add(sizes, half(size), text.length)
    add(fonts, font, text.length)
  }
  const bodySize = mostCommon(sizes) ?? 10
  const headingSizes = [...sizes.keys()]
    .filter((size) => size >= bodySize * 1.12)
    .sort((one, other) => other - one)
    .slice(0, 6)
  const bodyFont = mostCommon(fonts) ?? ''
  const depths = new Map<number, number>()
  for (const { text, size, font } of lines) {
    const depth = numberDepth(text)
    if (depth === null || (font === bodyFont && half(size) <= bodySize)) continue
    depths.set(half(size), Math.min(depth, depths.get(half(size)) ?? depth))
  }
  return { bodySize, bodyFont, headingSizes, depths, lineWidth: usualWidth(lines) }
}

function usualWidth(lines: readonly Line[]): number {
  const widths = lines
    .filter(({ hasCells }) => !hasCells)
    .map(({ left, right, text }) => ({ width: right - left, letters: text.length }))
    .sort((one, other) => other.width - one.width)
  const half = widths.reduce((sum, one) => sum + one.letters, 0) / 2
  let letters = 0
  for (const one of widths) {
    letters += one.letters
    if (letters >= half) return one.width
  }
  return 0
}

function numberDepth(text: string): number | null {
  return sectionNumber.exec(text)?.[1]?.split('.').length ?? null
}

/** Parts a page's lines into paragraphs, list items, table rows and headings. */
export function toParagraphs(lines: readonly Line[], typography: Typography): readonly Paragraph[] {
  const groups: Line[][] = []
  const leading = usualLeading(lines)
  const edges = rightEdges(lines)
  let last: Line | undefined
  for (const line of lines) {
    const open = groups.at(-1)
    if (open === undefined || last === undefined || startsAnew(last, line, open, leading, edges)) {
      groups.push([line])
    } else open.push(line)
    last = line
  }
  const paragraphs: Paragraph[] = []
  for (const group of groups) paragraphs.push(classify(group, paragraphs.at(-1), typography))
  return paragraphs
}

function startsAnew(
  last: Line,
  line: Line,
  open: readonly Line[],
  leading: number,
  edges: ReadonlyMap<number, number>,
): boolean {
  const size = Math.max(last.size, line.size)
  if (last.turns !== line.turns || last.hasCells || line.hasCells) return true
  if (Math.abs(last.size - line.size) > size * 0.12) return true
  if (bullet.test(line.text)) return true
  const isOpenSentence = !sentenceEnd.test(last.text) && /^\p{Ll}/u.test(line.text)
  const gap = line.baseline - last.baseline
  // Upwards or far down: the text continues in another column or on the other side of a picture.
  if (gap < -size || gap > size * 4) return !isOpenSentence
  if (gap > Math.max(leading * 1.35, size * 1.35)) return true
  if (last.font !== line.font && open.length === 1 && isShort(last, edges)) return true
  const indent = line.left - (open.length > 1 ? last.left : line.left)
  if (indent > size * 0.8 && indent < size * 6 && !isOpenSentence) return true
  return isShort(last, edges) && !isOpenSentence
}

/** Whether a line ends well before the lines of its column do. */
function isShort(line: Line, edges: ReadonlyMap<number, number>): boolean {
  const edge = edges.get(column(line)) ?? line.right
  return endsEarly(line, edge - line.left)
}

function endsEarly({ left, right, size }: Line, width: number): boolean {
  return right - left < width - Math.max(size * 4, width * 0.2)
}

/** Whether a line is about as wide as most of the document's. */
export function isFull(line: Line, { lineWidth }: Typography): boolean {
  return !endsEarly(line, lineWidth)
}

/** How far to the right the lines of each column reach; a column is identified by its left edge. */
function rightEdges(lines: readonly Line[]): ReadonlyMap<number, number> {
  const edges = new Map<number, number>()
  for (const line of lines) {
    const key = column(line)
    edges.set(key, Math.max(edges.get(key) ?? -Infinity, line.right))
  }
  return edges
}

function column(line: Line): number {
  return line.turns * 100_000 + Math.round(line.left / 40)
}

/** The most common distance of two lines that follow one another. */
function usualLeading(lines: readonly Line[]): number {
  const distances = new Map<number, number>()
  for (let i = 1; i < lines.length; i += 1) {
    const [one, other] = [lines[i - 1], lines[i]]
    if (one === undefined || other === undefined) continue
    const distance = other.baseline - one.baseline
    if (distance > 0 && distance < one.size * 2.5) add(distances, half(distance), 1)
  }
  return mostCommon(distances) ?? 0
}

function classify(
  lines: readonly Line[],
  before: Paragraph | undefined,
  typography: Typography,
): Paragraph {
  const [first] = lines
  if (first === undefined) return { kind: 'paragraph', lines }
  if (first.hasCells) return { kind: 'table-row', lines }
  const level = headingLevel(lines, before, typography)
  if (level !== null) return { kind: 'heading', level, lines }
  return { kind: bullet.test(first.text) ? 'list-item' : 'paragraph', lines }
}

function headingLevel(
  lines: readonly Line[],
  before: Paragraph | undefined,
  { bodySize, bodyFont, headingSizes, depths }: Typography,
): number | null {
  const [first] = lines
  const text = lines.map((line) => line.text).join(' ')
  if (first === undefined || lines.length > 3 || text.length > 160) return null
  if (!/\p{L}{2}/u.test(text) || /[{}=<>]/.test(text)) return null
  const size = half(first.size)
  const deeper = (numberDepth(text) ?? 1) - (depths.get(size) ?? 1)
  const bySize = headingSizes.indexOf(size)
  if (bySize >= 0) return Math.min(6, bySize + 1 + Math.max(0, deeper))
  // As large as the body, but in another font (bold, mostly) and alone on its line.
  const isAlone = lines.length === 1 && text.length < 90 && !/[.!?:;,]$/.test(text)
  const standsOut = first.font !== bodyFont && size > bodySize * 0.95
  const isTitle = /^(?:\d|\p{Lu})/u.test(text)
  // Many consecutive lines like this are an address or a table.
  const isFirst = before?.kind === 'heading' || before?.lines.at(-1)?.font !== first.font
  if (!isAlone || !standsOut || !isTitle || !isFirst) return null
  return Math.min(6, headingSizes.length + 1 + Math.max(0, deeper))
}

function half(value: number): number {
  return Math.round(value * 2) / 2
}

function add<Key>(counts: Map<Key, number>, key: Key, by: number): void {
  counts.set(key, (counts.get(key) ?? 0) + by)
}

function mostCommon<Key>(counts: ReadonlyMap<Key, number>): Key | undefined {
  let best: Key | undefined
  let most = -1
  for (const [key, count] of counts) {
    if (count > most) [best, most] = [key, count]
  }
  return best
}
