import { cutRun, isVertical } from '../../../../shared/domain/cutRun.ts'
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
 * be searched for. A run that is partly in the range is cut.
 *
 * @param drawnOn the page that they are on: the end of a sentence may be on the next one.
 */
export function highlightBoxes(
  layout: PageLayout,
  text: string,
  range: TextRange,
  drawnOn = layout.page,
): readonly Box[] {
  const boxes: Box[] = []
  for (const run of layout.runs) {
    if ((run.page ?? layout.page) !== drawnOn) continue
    const start = Math.max(run.start, range.start)
    const end = Math.min(run.end, range.end)
    if (start >= end) continue
    const piece = toBox(cutRun(run, start, end, text), isVertical(run))
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

function toBox(run: Run, vertical: boolean): Box {
  const [left, top, width, height] = run.box
  return { left, top, width, height, vertical }
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
