import type { PageLayout, Run, TextRange } from '../../../../shared/domain/page.ts'

/** A rectangle on a page, in points from its upper left corner. */
export interface Box {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
  /** Whether its text runs vertically: a vertical script, or a rotated page. */
  readonly vertical: boolean
}

/**
 * Pieces of a line that are further apart than this many line heights belong to different columns.
 */
const widestGap = 1.5

/**
 * The rectangles that cover a range of a page's text, one per line, in reading order.
 *
 * They come from the text runs that were stored when the page was read, so that highlights needn't
 * be searched for. A run that is partly in the range is cut in proportion to its characters, along
 * its longer side, from the right where the text runs from right to left.
 */
export function highlightBoxes(layout: PageLayout, text: string, range: TextRange): readonly Box[] {
  const boxes: Box[] = []
  for (const run of layout.runs) {
    const start = Math.max(run.start, range.start)
    const end = Math.min(run.end, range.end)
    if (start >= end) continue
    const piece = cut(run, start, end, text)
    const last = boxes.at(-1)
    if (last !== undefined && onOneLine(last, piece)) boxes[boxes.length - 1] = union(last, piece)
    else boxes.push(piece)
  }
  return boxes
}

/** The smallest rectangle around all of `boxes`, or null if there are none. */
export function boundingBox(boxes: readonly Box[]): Box | null {
  const [first, ...rest] = boxes
  return first === undefined ? null : rest.reduce(union, first)
}

function cut(run: Run, start: number, end: number, text: string): Box {
  const [left, top, width, height] = run.box
  const whole = widthOf(text, run.start, run.end)
  const from = widthOf(text, run.start, start) / whole
  const to = widthOf(text, run.start, end) / whole
  const vertical = run.end - run.start > 1 && height > width
  if (vertical) {
    return { left, top: top + height * from, width, height: height * (to - from), vertical }
  }
  const begin = isRightToLeft(text.slice(run.start, run.end)) ? 1 - to : from
  return { left: left + width * begin, top, width: width * (to - from), height, vertical }
}

/**
 * The approximate width of a text in ems, by typical character widths: "illicit" is half as wide as
 * "mammoth". Only ratios within a run are used, so exact widths aren't needed.
 */
function widthOf(text: string, start: number, end: number): number {
  let width = 0
  for (let at = start; at < end; at += 1) width += emsOf(text.charAt(at))
  return width
}

const narrow = /[iljtfrI.,;:'’‘|!()[\]\s/-]/u
const wide = /[mwMW@%—]/u
const capital = /[\p{Lu}&]/u
const square = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u

function emsOf(character: string): number {
  if (narrow.test(character)) return 0.28
  if (wide.test(character)) return 0.8
  if (capital.test(character)) return 0.66
  return square.test(character) ? 1 : 0.49
}

const rightToLeft = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}]/u
const leftToRight = /[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]/u

function isRightToLeft(text: string): boolean {
  return rightToLeft.test(text) && !leftToRight.test(text)
}

function onOneLine(one: Box, other: Box): boolean {
  if (one.vertical !== other.vertical) return false
  const [first, second] = one.vertical ? [turned(one), turned(other)] : [one, other]
  const shared =
    Math.min(first.top + first.height, second.top + second.height) - Math.max(first.top, second.top)
  if (shared < Math.min(first.height, second.height) / 2) return false
  const gap =
    Math.max(first.left, second.left) -
    Math.min(first.left + first.width, second.left + second.width)
  return gap <= widestGap * Math.max(first.height, second.height)
}

/** A box rotated as if its text ran from left to right. */
function turned({ left, top, width, height, vertical }: Box): Box {
  return { left: top, top: left, width: height, height: width, vertical }
}

function union(one: Box, other: Box): Box {
  const left = Math.min(one.left, other.left)
  const top = Math.min(one.top, other.top)
  return {
    left,
    top,
    width: Math.max(one.left + one.width, other.left + other.width) - left,
    height: Math.max(one.top + one.height, other.top + other.height) - top,
    vertical: one.vertical,
  }
}
