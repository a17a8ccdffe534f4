import { runKind, type RunKind } from './direction.ts'
import type { GlyphRun } from './glyphRun.ts'
import { cellGap, type RunGroup } from './groupRuns.ts'

/** A run of a line, and how far it is from the one before, in points; 0 for the first. */
export interface PlacedRun {
  readonly run: GlyphRun
  readonly gap: number
}

/** Digits that are this close are one number, in units of the font size. */
const numberGap = 0.3

interface Element {
  readonly run: GlyphRun
  readonly kind: RunKind
}

/**
 * Brings the runs of a line into the order in which they are read. In a line with letters of both
 * directions the position decides, not the drawing: stretches of the other direction are turned around.
 *
 * @param rightToLeft whether the page is read from the right; then `from` and `to` grow to the left.
 */
export function inReadOrder(group: RunGroup, rightToLeft: boolean): readonly PlacedRun[] {
  const elements = group.map((run): Element => ({ run, kind: runKind(run.text) }))
  if (!rightToLeft && !elements.some(({ kind }) => kind === 'R')) return spaced([group])
  const sorted = elements.sort(
    (one, other) => one.run.from + one.run.to - other.run.from - other.run.to,
  )
  const stretches: Element[][] = []
  for (const element of sorted) {
    const open = stretches.at(-1)
    if (open !== undefined && turnsAround(open, element, rightToLeft)) open.push(element)
    else stretches.push([element])
  }
  return spaced(stretches.flatMap((stretch) => settled(stretch, rightToLeft)))
}

/** Whether an element belongs to the stretch before it, perhaps with one that follows. */
function turnsAround(open: readonly Element[], next: Element, rightToLeft: boolean): boolean {
  const first = open[0]
  if (first === undefined || !isOther(first.kind, rightToLeft)) return false
  const last = open.findLast(({ kind }) => kind !== 'B') ?? first
  const size = Math.max(last.run.size, next.run.size)
  if (next.run.from - last.run.to > size * cellGap) return false
  if (next.kind === 'B' || next.kind === 'N') return true
  if (!rightToLeft) return next.kind === 'R' || next.kind === 'D'
  if (next.kind === 'R') return false
  return next.kind === 'L' || open.some(({ kind }) => kind === 'L') || isOneNumber(open, next)
}

/** Whether runs of this kind are read against the direction of the page. */
function isOther(kind: RunKind, rightToLeft: boolean): boolean {
  return rightToLeft ? kind === 'L' || kind === 'D' : kind === 'R'
}

/** Two numbers with a blank between them are read in the direction of the page. */
function isOneNumber(open: readonly Element[], { run }: Element): boolean {
  const last = open.at(-1)
  return last !== undefined && last.kind !== 'B' && run.from - last.run.to < run.size * numberGap
}

/** Turns a stretch around; what ends it without a letter or digit belongs to the page. */
function settled(stretch: readonly Element[], rightToLeft: boolean): readonly RunGroup[] {
  const last = stretch.findLastIndex(({ kind }) =>
    rightToLeft ? kind === 'L' || kind === 'D' : kind === 'R',
  )
  const runs = stretch.map(({ run }) => run)
  if (last < 1) return runs.map((run) => [run])
  return [runs.slice(0, last + 1).reverse(), ...runs.slice(last + 1).map((run) => [run])]
}

/** Measures gaps: within a stretch from run to run, between two from edge to edge. */
function spaced(stretches: readonly RunGroup[]): readonly PlacedRun[] {
  const placed: PlacedRun[] = []
  let edge: number | null = null
  for (const stretch of stretches) {
    let last: GlyphRun | null = null
    for (const run of stretch) {
      const isBlank = run.text.trim() === ''
      const gap = last === null ? startGap(edge, stretch) : gapBetween(last, run)
      placed.push({ run, gap: isBlank ? 0 : gap })
      if (!isBlank) last = run
    }
    const solid = stretch.filter(({ text }) => text.trim() !== '')
    if (solid.length > 0) edge = Math.max(...solid.map(({ to }) => to))
  }
  return placed
}

function startGap(edge: number | null, stretch: RunGroup): number {
  const solid = stretch.filter(({ text }) => text.trim() !== '')
  return edge === null || solid.length === 0 ? 0 : Math.min(...solid.map(({ from }) => from)) - edge
}

function gapBetween(last: GlyphRun, run: GlyphRun): number {
  return run.from >= last.from ? run.from - last.to : last.from - run.to
}
