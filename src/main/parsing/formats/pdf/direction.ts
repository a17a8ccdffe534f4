import type { GlyphRun } from './glyphRun.ts'

/**
 * What decides where a run is read: `R` letters that are written from right to left, `L` other letters,
 * `D` digits alone, `N` signs, `B` a blank.
 */
export type RunKind = 'R' | 'L' | 'D' | 'N' | 'B'

const rightToLeftScript =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u
const letter = /\p{L}/u
const digit = /\p{Nd}/u

export function runKind(text: string): RunKind {
  if (text.trim() === '') return 'B'
  let kind: RunKind = 'N'
  for (const sign of text) {
    const one = signKind(sign)
    if (one === 'R') return 'R'
    if (one === 'L' || (one === 'D' && kind === 'N')) kind = one
  }
  return kind
}

/** Of one character; marks belong to the letter before them. */
function signKind(sign: string): RunKind {
  if (/\s/u.test(sign)) return 'B'
  if (digit.test(sign)) return 'D'
  if (!letter.test(sign)) return 'N'
  return rightToLeftScript.test(sign) ? 'R' : 'L'
}

/** Whether most letters of a page are written from right to left. */
export function isRightToLeft(runs: readonly GlyphRun[]): boolean {
  let balance = 0
  for (const { text } of runs) {
    for (const sign of text) {
      const kind = signKind(sign)
      if (kind === 'R') balance += 1
      if (kind === 'L') balance -= 1
    }
  }
  return balance > 0
}

/**
 * Parts a run with letters of both directions, so that each part can be placed by itself. pdf.js turns
 * the letters of each part around but orders the parts for the direction that it takes the run to have.
 */
export function partDirections(run: GlyphRun): readonly GlyphRun[] {
  const hasBoth = /\p{L}/u.test(run.text) && runKind(run.text) === 'R'
  const isMixed = Array.from(run.text).some((sign) => signKind(sign) === 'L')
  if (!hasBoth || (run.rightToLeft && !isMixed)) return [run]
  const parts = partText(run.text)
  const step = (run.to - run.from) / Math.max(1, run.text.length)
  const [left, top, width, height] = run.box
  let at = 0
  return parts.map((text): GlyphRun => {
    const start = run.rightToLeft ? run.text.length - at - text.length : at
    const from = run.from + start * step
    at += text.length
    const share = width / Math.max(1, run.text.length)
    return {
      ...run,
      text,
      from,
      to: from + text.length * step,
      box: run.turns === 0 ? [left + start * share, top, text.length * share, height] : run.box,
      rightToLeft: runKind(text) === 'R',
    }
  })
}

/** Letters of one direction with the digits and signs between them; what is between two directions alone. */
function partText(text: string): readonly string[] {
  const parts: { text: string; kind: 'R' | 'L' | null }[] = []
  let between = ''
  for (const sign of text) {
    const kind = signKind(sign)
    const isStrong = kind === 'R' || kind === 'L' || kind === 'D'
    if (!isStrong) {
      between += sign
      continue
    }
    const last = parts.at(-1)
    const side = kind === 'R' ? 'R' : 'L'
    if (last?.kind === side) last.text += between + sign
    else {
      if (between !== '') parts.push({ text: between, kind: null })
      parts.push({ text: sign, kind: side })
    }
    between = ''
  }
  if (between !== '') parts.push({ text: between, kind: null })
  return parts.map((part) => part.text)
}
