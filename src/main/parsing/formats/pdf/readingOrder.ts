import type { Line } from './line.ts'

/** Lines that were drawn one below the other, and their position. */
interface Segment {
  readonly lines: Line[]
  left: number
  right: number
  top: number
  bottom: number
}

/** A page in more pieces than this is a drawing or a form, where no order is better than another. */
const mostSegments = 160

/**
 * Brings a page's lines into the order in which one reads them. Most programs draw in that order,
 * but some draw titles, notes or columns last. Of two pieces one above the other the upper comes
 * first; of two side by side the left one, unless something between them reaches across both
 * (T. Breuel, High Performance Document Layout Analysis, 2003). Where that says nothing the order of
 * drawing stays. Lines are placed along their own writing: what is written from the right begins there,
 * and the columns of a text that is written downwards follow one another to the left. Text that is turned
 * otherwise than most comes after it, upright text above it all before it.
 */
export function inReadingOrder(lines: readonly Line[]): readonly Line[] {
  const turns = usualTurns(lines)
  const own = lines.filter((line) => line.turns === turns)
  const top = Math.min(...own.map(topOf))
  const others = lines.filter((line) => line.turns !== turns)
  const above = others.filter((line) => line.turns === 0 && topOf(line) < top)
  return [...above, ...inOrder(own), ...others.filter((line) => !above.includes(line))]
}

/** How most lines are turned; upright in doubt: a stamp or a label at the edge is turned. */
function usualTurns(lines: readonly Line[]): number {
  const upright = lines.filter(({ turns }) => turns === 0).length
  if (upright >= lines.length / 2) return 0
  return [1, 2, 3].reduce((best, turns) => {
    const count = (one: number): number => lines.filter((line) => line.turns === one).length
    return count(turns) > count(best) ? turns : best
  }, 1)
}

/** In points from the upper edge of the page. */
function topOf({ runs }: Line): number {
  return Math.min(...runs.map(({ box }) => box[1]))
}

function inOrder(lines: readonly Line[]): readonly Line[] {
  const segments = toSegments(lines)
  if (segments.length < 2 || segments.length > mostSegments) return lines
  const before = segments.map((one) => segments.map((other) => comesFirst(one, other, segments)))
  const left = new Set(segments.keys())
  const ordered: Line[] = []
  while (left.size > 0) {
    const free = [...left].find(
      (index) => ![...left].some((other) => before[other]?.[index] === true),
    )
    // Overlapping pieces stay in the order in which they were drawn.
    const next = free ?? Math.min(...left)
    left.delete(next)
    ordered.push(...(segments[next]?.lines ?? []))
  }
  return ordered
}

function toSegments(lines: readonly Line[]): readonly Segment[] {
  const segments: Segment[] = []
  let last: Line | undefined
  for (const line of lines) {
    const open = segments.at(-1)
    const top = line.baseline - line.size * 0.8
    const bottom = line.baseline + line.size * 0.2
    if (open !== undefined && last !== undefined && continuesSegment(last, line)) {
      open.lines.push(line)
      open.left = Math.min(open.left, line.left)
      open.right = Math.max(open.right, line.right)
      open.top = Math.min(open.top, top)
      open.bottom = Math.max(open.bottom, bottom)
    } else segments.push({ lines: [line], left: line.left, right: line.right, top, bottom })
    last = line
  }
  return segments
}

function continuesSegment(last: Line, line: Line): boolean {
  const gap = line.baseline - last.baseline
  const size = Math.max(last.size, line.size)
  // The rows of a table are written in the order in which they were drawn, cells beside cells.
  if (last.hasCells || line.hasCells) return Math.abs(gap) < size * 3
  return gap > -size * 0.5 && gap < size * 3 && line.left < last.right && line.right > last.left
}

function comesFirst(one: Segment, other: Segment, all: readonly Segment[]): boolean {
  if (one === other) return false
  if (overlaps(one, other)) return isAbove(one, other)
  if (one.left >= other.left) return false
  return !all.some(
    (between) =>
      overlaps(between, one) &&
      overlaps(between, other) &&
      ((isAbove(one, between) && isAbove(between, other)) ||
        (isAbove(other, between) && isAbove(between, one))),
  )
}

/** Whether they share a part of their breadth. */
function overlaps(one: Segment, other: Segment): boolean {
  const shared = Math.min(one.right, other.right) - Math.max(one.left, other.left)
  return shared > 0.1 * Math.min(one.right - one.left, other.right - other.left)
}

function isAbove(one: Segment, other: Segment): boolean {
  return (one.top + one.bottom) / 2 < (other.top + other.bottom) / 2 && one.bottom < other.bottom
}
