import type { GlyphRun } from './glyphRun.ts'

/** Letters with a blank after each: a word set wide. */
const wide = /^\p{L}\p{M}*(?: \p{L}\p{M}*)+$/u
/** Fewer letters than this are wide only beside others: A B may be two names. */
const surely = 4

/**
 * Joins the letters of words that are set wide (V E L K O M M E N), which else are no words. Letters in
 * the order of an alphabet stay apart: they are columns or choices.
 */
export function withoutWideSpacing(runs: readonly GlyphRun[]): readonly GlyphRun[] {
  const sure = runs.filter(({ text }) => isWide(text, surely))
  if (sure.length === 0) return runs
  return runs.map((run) => {
    const isBeside = sure.some(
      ({ baseline, turns }) =>
        turns === run.turns && Math.abs(baseline - run.baseline) < run.size * 0.2,
    )
    return isBeside && isWide(run.text, 2) ? { ...run, text: run.text.replaceAll(' ', '') } : run
  })
}

function isWide(text: string, letters: number): boolean {
  if (!wide.test(text)) return false
  const parts = text.split(' ')
  const codes = parts.map((part) => part.codePointAt(0) ?? 0)
  const isAlphabet = codes.every((code, at) => at === 0 || code === (codes[at - 1] ?? 0) + 1)
  return parts.length >= letters && !isAlphabet
}
