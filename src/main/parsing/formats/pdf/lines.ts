import type { Run } from '../../../../shared/domain/page.ts'
import type { GlyphRun } from './glyphRuns.ts'

/** A line of text; ranges of `runs` are indexes into `text`. */
export interface Line {
  readonly text: string
  readonly runs: readonly Run[]
  readonly turns: number
  readonly left: number
  readonly right: number
  readonly baseline: number
  /** Font size and font of most of its letters. */
  readonly size: number
  readonly font: string
  /** Whether wide gaps part it into cells, as in a table. */
  readonly hasCells: boolean
}

/** Gaps in units of the font size: what counts as a space, and what parts two cells of a table. */
const wordGap = 0.2
const cellGap = 1.6

/** Joins runs that share a baseline. */
export function toLines(runs: readonly GlyphRun[]): readonly Line[] {
  const lines: Line[] = []
  let current: GlyphRun[] = []
  const flush = (): void => {
    const line = buildLine(current)
    if (line !== null) lines.push(line)
    current = []
  }
  let last: GlyphRun | undefined
  for (const run of runs) {
    if (run.text.trim() === '') {
      if (current.length > 0) current.push(run)
      continue
    }
    if (last !== undefined && !continues(last, run)) flush()
    current.push(run)
    last = run
  }
  flush()
  return lines
}

function continues(last: GlyphRun, next: GlyphRun): boolean {
  const size = Math.max(last.size, next.size)
  if (last.turns !== next.turns || Math.abs(last.baseline - next.baseline) > size * 0.45) {
    return false
  }
  if (last.rightToLeft || next.rightToLeft) return true
  return next.from > last.from - size * 0.5 && next.from > last.to - size * 2
}

function buildLine(parts: readonly GlyphRun[]): Line | null {
  const first = parts.find(({ text }) => text.trim() !== '')
  if (first === undefined) return null
  let text = ''
  let hasCells = false
  const runs: Run[] = []
  let last: GlyphRun | undefined
  for (const part of parts) {
    const blank = part.text.trim() === ''
    if (last !== undefined && !blank) {
      const gap = part.from >= last.from ? part.from - last.to : last.from - part.to
      const size = Math.max(last.size, part.size)
      if (gap > size * cellGap) {
        hasCells = true
        text = `${text.trimEnd()} | `
      } else if (gap > size * wordGap && !/\s$/.test(text) && !/^\s/.test(part.text)) text += ' '
    }
    const lead = /\s$/.test(text) || text === '' ? part.text.trimStart() : part.text
    const piece = lead.replace(/\s+/g, ' ')
    if (!blank) {
      runs.push({ start: text.length, end: text.length + piece.length, box: part.box })
      last = part
    }
    text += piece
  }
  const trimmed = text.trimEnd()
  const solid = parts.filter((part) => part.text.trim() !== '')
  return {
    text: trimmed,
    runs: runs.map((run) => ({ ...run, end: Math.min(run.end, trimmed.length) })),
    turns: first.turns,
    left: Math.min(...solid.map(({ from }) => from)),
    right: Math.max(...solid.map(({ to }) => to)),
    baseline: first.baseline,
    ...majority(solid),
    hasCells,
  }
}

/** Size and font of the longest part: a footnote mark does not make a line small. */
function majority(parts: readonly GlyphRun[]): { size: number; font: string } {
  let best: GlyphRun | undefined
  for (const part of parts) {
    if (best === undefined || part.text.length > best.text.length) best = part
  }
  return { size: best?.size ?? 0, font: best?.font ?? '' }
}
