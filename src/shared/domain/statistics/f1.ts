import { z } from 'zod'
import type { Confusion } from './estimate.ts'

export const labelFigures = z
  .object({
    label: z.string(),
    /** Rows in which it is expected. */
    support: z.number().int(),
    precision: z.number(),
    recall: z.number(),
    f1: z.number(),
  })
  .readonly()
export type LabelFigures = z.infer<typeof labelFigures>

/** How often a label was expected, was given, and both. */
export interface LabelCounts {
  readonly expected: number
  readonly given: number
  readonly right: number
}

/**
 * Precision, recall and F1 of each label. A share of nothing is 0 (`zero_division=0` of
 * scikit-learn). An answer that is no label is a miss of the label that was expected, and a false
 * alarm of none.
 */
export function labelFiguresOf(confusion: Confusion): LabelFigures[] {
  const counts = flat(confusion)
  const size = confusion.labels.length
  return confusion.labels.map((label, index) => {
    return figuresOfCounts(label, countsOf(counts, size, index))
  })
}

/** Precision, recall and F1 of a label by its counts. A share of nothing is 0. */
export function figuresOfCounts(
  label: string,
  { right, expected, given }: LabelCounts,
): LabelFigures {
  return {
    label,
    support: expected,
    precision: given === 0 ? 0 : right / given,
    recall: expected === 0 ? 0 : right / expected,
    f1: f1Of({ right, expected, given }),
  }
}

function f1Of({ right, expected, given }: LabelCounts): number {
  return expected + given === 0 ? 0 : (2 * right) / (expected + given)
}

/**
 * The mean of the F1 of all labels that are expected or given in some row; as scikit-learn's
 * `f1_score(average='macro', zero_division=0)` has it, but for answers outside of the labels, which
 * are no label of their own here. 0 without rows.
 */
export function macroF1(confusion: Confusion): number {
  return macroF1OfCounts(flat(confusion), confusion.labels.length)
}

/**
 * The same of counts in one row: `counts[expected * (size + 1) + given]`, where `given === size` is
 * out of the domain.
 */
export function macroF1OfCounts(counts: ArrayLike<number>, size: number): number {
  return meanF1(Array.from({ length: size }, (_, label) => countsOf(counts, size, label)))
}

/** The mean of the F1 of those labels that are expected or given at all; 0 without any. */
export function meanF1(labels: readonly LabelCounts[]): number {
  const seen = labels.filter(({ expected, given }) => expected + given > 0)
  return seen.reduce((sum, one) => sum + f1Of(one), 0) / Math.max(1, seen.length)
}

function countsOf(counts: ArrayLike<number>, size: number, label: number): LabelCounts {
  let expected = 0
  let given = 0
  for (let other = 0; other <= size; other += 1) {
    expected += counts[label * (size + 1) + other] ?? 0
    if (other < size) given += counts[other * (size + 1) + label] ?? 0
  }
  return { right: counts[label * (size + 1) + label] ?? 0, expected, given }
}

function flat({ counts }: Confusion): readonly number[] {
  return counts.flat()
}
