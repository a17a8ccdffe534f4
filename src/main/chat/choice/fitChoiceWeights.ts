import { utility, type Weighed } from './choiceShares.ts'
import type { ChoiceWeights } from '../../llm/calibration.ts'

/** How a model chose among the candidates for a question. */
export interface ChoiceMade {
  readonly candidates: readonly (Weighed & { readonly right: boolean })[]
}

/** A model that was not measured counts as much as the search's order where either is in doubt. */
export const usualWeights: ChoiceWeights = { model: 0.5, score: 10 }

/**
 * The order of the search alone. The weight of a score was fitted on every second question of XQuAD in five
 * languages, where it is 9 to 10 in each.
 */
export const orderWeights: ChoiceWeights = { model: 0, score: 10 }

/** With fewer questions nothing can be said. */
const fewestChoices = 12

/**
 * Twice the gain in log likelihood that a weight of no use has by chance in one of twenty cases (the chi
 * squared distribution with one degree of freedom; Wilks 1938).
 */
const significant = 3.84

const modelWeights = [0, ...steps(0.05, 2, 24)]
const scoreWeights = [0, ...steps(1, 400, 40)]

/**
 * Weighs a model's choice against the order of the search by a conditional logit (McFadden 1974) over
 * both: the likelihood of the right candidates is highest with these weights. A model whose choice adds
 * nothing that is significant has none.
 *
 * @returns null with fewer than `fewestChoices` questions.
 */
export function fitChoiceWeights(made: readonly ChoiceMade[]): ChoiceWeights | null {
  if (made.length < fewestChoices) return null
  const withoutModel = bestWeights(made, [0], scoreWeights)
  const both = bestWeights(made, modelWeights, scoreWeights)
  const isUseful = 2 * (both.likelihood - withoutModel.likelihood) >= significant
  const { model, score } = isUseful ? both : withoutModel
  return { model, score }
}

interface Weights extends ChoiceWeights {
  /** Natural logarithm. */
  readonly likelihood: number
}

function bestWeights(
  made: readonly ChoiceMade[],
  models: readonly number[],
  scores: readonly number[],
): Weights {
  let best: Weights = { model: 0, score: 0, likelihood: Number.NEGATIVE_INFINITY }
  for (const model of models) {
    for (const score of scores) {
      const likelihood = made.reduce((sum, one) => sum + logLikelihood(one, model, score), 0)
      if (likelihood > best.likelihood) best = { model, score, likelihood }
    }
  }
  return best
}

function logLikelihood({ candidates }: ChoiceMade, model: number, score: number): number {
  const utilities = candidates.map((one) => utility(one, { model, score }))
  const right = utilities.filter((_, at) => candidates[at]?.right === true)
  return logSum(right) - logSum(utilities)
}

/** The logarithm of the sum of exponentials. */
function logSum(values: readonly number[]): number {
  const highest = Math.max(...values)
  return highest + Math.log(values.reduce((sum, one) => sum + Math.exp(one - highest), 0))
}

/** Numbers from `from` to `to`, each the same multiple of the one before. */
function steps(from: number, to: number, count: number): number[] {
  return Array.from({ length: count }, (_, at) => from * (to / from) ** (at / (count - 1)))
}
