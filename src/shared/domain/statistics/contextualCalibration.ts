/** Inputs that say nothing (Zhao et al. 2021). */
export const contentFreeInputs = ['N/A', '', '[MASK]'] as const

/** Of each label; need not add up to 1. */
export type Probabilities = Readonly<Record<string, number>>

/** A label that the model never gives to an input without content must not become infinite. */
const least = 1e-6

/**
 * The lean of a prompt: the mean of what the model says to inputs that say nothing, made to add up
 * to 1. Labels are those of the first.
 * @param answers one distribution an input of `contentFreeInputs`, for the same prompt
 */
export function contentFreeLean(answers: readonly Probabilities[]): Probabilities {
  const labels = Object.keys(answers[0] ?? {})
  return normalised(
    labels.map((label) => [label, answers.reduce((sum, one) => sum + (one[label] ?? 0), 0)]),
  )
}

/**
 * Contextual calibration: each label's probability divided by the prompt's lean to it (W =
 * diag(p_cf)⁻¹, b = 0), made to add up to 1, so that an input without content would get all labels
 * alike. The order of labels is that of Zhao et al. (2021), "Calibrate before use", whose softmax
 * changes no order either.
 */
export function calibrate(probabilities: Probabilities, lean: Probabilities): Probabilities {
  return normalised(
    Object.entries(probabilities).map(([label, probability]) => [
      label,
      probability / Math.max(least, lean[label] ?? 0),
    ]),
  )
}

/** Where all are 0, all are alike. */
function normalised(weights: readonly (readonly [string, number])[]): Probabilities {
  const sum = weights.reduce((total, [, weight]) => total + weight, 0)
  return Object.fromEntries(
    weights.map(([label, weight]) => [label, sum > 0 ? weight / sum : 1 / weights.length]),
  )
}
