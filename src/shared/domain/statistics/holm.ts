/**
 * Holm's step-down correction (Holm 1979): p values that can be compared with 0.05 one by one, and
 * the chance that any of those below it is a mistake is still at most 5 %.
 * @returns the corrected values in the order of `values`, each at most 1
 */
export function holm(values: readonly number[]): number[] {
  const order = values.map((_, index) => index).sort((a, b) => at(values, a) - at(values, b))
  const corrected = values.map(() => 1)
  let highest = 0
  for (const [rank, index] of order.entries()) {
    // Never below one that was smaller before the correction.
    highest = Math.max(highest, Math.min(1, (values.length - rank) * at(values, index)))
    corrected[index] = highest
  }
  return corrected
}

function at(values: readonly number[], index: number): number {
  return values[index] ?? 1
}
