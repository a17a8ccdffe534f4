import type { GlyphRun } from './glyphRun.ts'

/** Wider runs, in units of the font size, are lines of their own, not signs within a column. */
const widest = 1.6

/**
 * Puts what was drawn upright within a column of a text that is written downwards (figures, mostly)
 * into the column, as a part of it.
 */
export function inColumns(runs: readonly GlyphRun[]): readonly GlyphRun[] {
  const columns = runs.filter(({ turns, isVertical }) => turns === 1 && isVertical)
  if (lettersOf(columns) * 2 < lettersOf(runs)) return runs
  // Where figures were put upright pdf.js sees a blank; a real one is a gap.
  return runs
    .filter(({ text }) => text.trim() !== '')
    .map((run) => {
      const [left, top, width, height] = run.box
      const middle = left + width / 2
      const isWithin = columns.some(
        ({ baseline, size, from, to }) =>
          Math.abs(-baseline - middle) < size * 0.3 &&
          width < size * widest &&
          top < to + size * 1.5 &&
          top + height > from - size * 1.5,
      )
      if (run.turns !== 0 || !isWithin) return run
      return { ...run, turns: 1, from: top, to: top + height, baseline: -middle }
    })
}

function lettersOf(runs: readonly GlyphRun[]): number {
  return runs.reduce((sum, { text }) => sum + text.trim().length, 0)
}
