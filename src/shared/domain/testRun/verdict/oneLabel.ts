import { bestOf } from '../armPairs.ts'
import type { ArmFigures } from '../figures.ts'
import { inSentence, percent } from '../words.ts'
import { rightOf, type RunEvidence } from './evidence.ts'
import { detail, type Detail } from './rules.ts'

/**
 * Sets the arm to use against an answer that never looks at the row: the label that is expected most
 * often. Formats of one label only.
 * @param id null: the best arm is taken
 * @returns null where the arm is clearly better, or nothing can be said; `overrules` where no arm is
 * even ahead
 */
export function oneLabel(
  evidence: RunEvidence,
  id: string | null,
): { readonly detail: Detail; readonly overrules: boolean } | null {
  const best = bestOf(evidence.arms, (arm) => rightOf(evidence, arm)?.value ?? null)
  const arm = evidence.arms.find((one) => one.id === id) ?? best
  if (arm === null || best === null) return null
  const figures = evidence.figures[arm.id]
  const right = rightOf(evidence, arm.id)
  const most = figures === undefined ? null : mostExpected(figures)
  if (right === null || most === null || right.low > most.share) return null
  // In the middle of a run the arms have different rows.
  const bestFigures = evidence.figures[best.id]
  const mostOfBest = (bestFigures === undefined ? null : mostExpected(bestFigures)) ?? most
  const overrules = (rightOf(evidence, best.id)?.value ?? 0) <= mostOfBest.share
  const sentence = overrules
    ? `Nothing here does better than ${alwaysAnswering(mostOfBest)}.`
    : `It is not certain that ${inSentence(arm.name)} (${percent(right.value)}) does better than ${alwaysAnswering(most)}.`
  return { detail: detail('one-label', sentence), overrules }
}

function alwaysAnswering({
  label,
  share,
}: {
  readonly label: string
  readonly share: number
}): string {
  return `always answering “${label}” (${percent(share)})`
}

/**
 * The label that most rows expect; null where all expect it: then the rows cannot show a
 * preference.
 */
export function mostExpected({ confusion, fields, scored }: ArmFigures): {
  readonly label: string
  readonly share: number
} | null {
  if (confusion === null || Object.keys(fields).length !== 1) return null
  const rows = confusion.counts.map((row) => row.reduce((sum, cell) => sum + cell, 0))
  const most = Math.max(...rows)
  const label = confusion.labels[rows.indexOf(most)]
  if (label === undefined || most === scored) return null
  return { label, share: most / scored }
}
