import type { GlyphRun } from './glyphRun.ts'

/** Runs of one line, in the order in which they were drawn. */
export type RunGroup = readonly GlyphRun[]

/** Gaps in units of the font size that part two cells of a table, or two columns. */
export const cellGap = 1.6
/** Lines that columns have at least. */
const fewestLines = 3
/** Letters of a line in a column of prose, on average. */
const proseLetters = 18
/** Share of lines that begin within a sentence, in prose. */
const mostlyWithin = 0.4

/**
 * Groups runs that share a baseline, in the order in which they were drawn. A row that is drawn from the
 * right comes out from the left; columns of prose that are drawn line by line across the gap come out
 * one after the other.
 */
export function groupRuns(runs: readonly GlyphRun[], rightToLeft: boolean): readonly RunGroup[] {
  return partColumns(joinRows(byBaseline(runs, rightToLeft)))
}

function byBaseline(runs: readonly GlyphRun[], rightToLeft: boolean): readonly RunGroup[] {
  const groups: GlyphRun[][] = []
  let open: GlyphRun[] | null = null
  let last: GlyphRun | undefined
  for (const run of runs) {
    if (run.text.trim() === '') {
      open?.push(run)
      continue
    }
    if (open === null || last === undefined || !continues(last, run, rightToLeft)) {
      open = []
      groups.push(open)
    }
    open.push(run)
    last = run
  }
  return groups
}

function sharesBaseline(last: GlyphRun, next: GlyphRun): boolean {
  const size = Math.max(last.size, next.size)
  return last.turns === next.turns && Math.abs(last.baseline - next.baseline) <= size * 0.45
}

function continues(last: GlyphRun, next: GlyphRun, rightToLeft: boolean): boolean {
  if (!sharesBaseline(last, next)) return false
  if (rightToLeft || last.rightToLeft || next.rightToLeft) return true
  const size = Math.max(last.size, next.size)
  return next.from > last.from - size * 0.5 && next.from > last.to - size * 2
}

/** Cells of a row that were drawn one after the other, from right to left. */
function joinRows(groups: readonly RunGroup[]): readonly RunGroup[] {
  const joined: RunGroup[] = []
  for (const group of groups) {
    const before = joined.at(-1)
    if (before !== undefined && isLeftOf(group, before))
      joined[joined.length - 1] = [...group, ...before]
    else joined.push(group)
  }
  return joined
}

function isLeftOf(group: RunGroup, before: RunGroup): boolean {
  const [one, other] = [solid(group), solid(before)]
  const [first, second] = [one[0], other[0]]
  if (first === undefined || second === undefined || !sharesBaseline(first, second)) return false
  const gap = Math.min(...other.map(({ from }) => from)) - Math.max(...one.map(({ to }) => to))
  return gap > Math.max(first.size, second.size) * cellGap
}

interface Halves {
  readonly left: RunGroup
  readonly right: RunGroup
  /** Where the gap between them begins and ends. */
  readonly from: number
  readonly to: number
}

function partColumns(groups: readonly RunGroup[]): readonly RunGroup[] {
  const parted: RunGroup[] = []
  let open: Halves[] = []
  let waiting: RunGroup[] = []
  const flush = (): void => {
    if (isProse(open))
      parted.push(...open.map(({ left }) => left), ...open.map(({ right }) => right))
    else parted.push(...waiting)
    open = []
    waiting = []
  }
  for (const group of groups) {
    const halves = halvesOf(group)
    if (halves === null) {
      flush()
      parted.push(group)
      continue
    }
    const from = Math.max(halves.from, ...open.map((one) => one.from))
    const to = Math.min(halves.to, ...open.map((one) => one.to))
    if (to <= from) flush()
    open.push(halves)
    waiting.push(group)
  }
  flush()
  return parted
}

/** The two parts of a line with one wide gap; null for any other line. */
function halvesOf(group: RunGroup): Halves | null {
  const runs = solid(group)
  let found: Halves | null = null
  for (const [at, run] of runs.entries()) {
    const before = runs[at - 1]
    if (before === undefined || run.turns !== 0) continue
    if (run.from - before.to <= Math.max(run.size, before.size) * cellGap) continue
    if (found !== null) return null
    const cut = group.indexOf(run)
    found = { left: group.slice(0, cut), right: group.slice(cut), from: before.to, to: run.from }
  }
  return found
}

/** Lines of prose are long and begin within sentences; cells of a table are short and do not. */
function isProse(lines: readonly Halves[]): boolean {
  if (lines.length < fewestLines) return false
  const texts = lines.flatMap(({ left, right }) => [left, right].map(textOf))
  const letters = texts.reduce((sum, text) => sum + text.length, 0)
  const within = texts.slice(2).filter((text) => /^[\p{Ll}\p{Lo}(]/u.test(text)).length
  return letters >= texts.length * proseLetters && within >= (texts.length - 2) * mostlyWithin
}

function textOf(group: RunGroup): string {
  return solid(group)
    .map(({ text }) => text.trim())
    .join(' ')
}

function solid(group: RunGroup): RunGroup {
  return group.filter(({ text }) => text.trim() !== '')
}
