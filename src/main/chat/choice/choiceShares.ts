import type { ChoiceWeights } from '../../llm/calibration.ts'

/** A candidate as the model and the search see it. */
export interface Weighed {
  /** The model's, from 0 to 1. */
  readonly probability: number
  /** Of the search. */
  readonly score: number
}

/** A model may give the right candidate no probability at all. */
const leastProbability = 1e-6

/** What is highest for the best candidate: the exponent of a conditional logit. */
export function utility({ probability, score }: Weighed, weights: ChoiceWeights): number {
  return weights.model * Math.log(Math.max(probability, leastProbability)) + weights.score * score
}

/** How likely each candidate is the right one, if one is. They sum to 1. */
export function choiceShares(
  candidates: readonly Weighed[],
  weights: ChoiceWeights,
): readonly number[] {
  const utilities = candidates.map((one) => utility(one, weights))
  const best = Math.max(...utilities)
  const odds = utilities.map((one) => Math.exp(one - best))
  const sum = odds.reduce((total, one) => total + one, 0)
  return odds.map((one) => one / sum)
}
