import type { Probabilities } from './contextualCalibration.ts'

/**
 * How far the likeliest is ahead of the next (0 to 1): small where a model wavers. What is alone is
 * ahead by all of its probability; of nothing it is 0.
 */
export function margin(probabilities: Probabilities): number {
  let first = 0
  let second = 0
  for (const probability of Object.values(probabilities)) {
    if (probability > first) {
      second = first
      first = probability
    } else if (probability > second) second = probability
  }
  return first - second
}
