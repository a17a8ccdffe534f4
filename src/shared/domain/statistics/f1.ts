import type { Confusion } from './estimate.ts'

export interface LabelFigures {
  readonly label: string
  /** Rows in which it is expected. */
  readonly support: number
  readonly precision: number
  readonly recall: number
  readonly f1: number
}

/**
 * Precision, recall and F1 of each label. A share of nothing is 0 (`zero_division=0` of
 * scikit-learn). An answer that is no label is a miss of the label that was expected, and a false
 * alarm of none.
 */
export function labelFigures(confusion: Confusion): LabelFigures[] {
  const counts = flat(confusion)
  const size = confusion.labels.length
  return confusion.labels.map((label, index) => {
    const { right, expected, given } = countsOf(counts, size, index)
    return {
      label,
      support: expected,
      precision: given === 0 ? 0 : right / given,
      recall: expected === 0 ? 0 : right / expected,
      f1: expected + given === 0 ? 0 : (2 * right) / (expected + given),
    }
  })
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
  let sum = 0
  let labels = 0
  for (let label = 0; label < size; label += 1) {
    const { right, expected, given } = countsOf(counts, size, label)
    if (expected + given === 0) continue
    labels += 1
    sum += (2 * right) / (expected + given)
  }
  return labels === 0 ? 0 : sum / labels
}

function countsOf(
  counts: ArrayLike<number>,
  size: number,
  label: number,
): { readonly right: number; readonly expected: number; readonly given: number } {
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
