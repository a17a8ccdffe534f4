/** How a model chose among the candidates for a question. */
export interface ChoiceMade {
  /** For each candidate: the model's probability of it, its score in the search, whether it is right. */
  readonly candidates: readonly {
    readonly probability: number
    readonly score: number
    readonly right: boolean
  }[]
}

/** The prior of a sentence is e to the difference of its score from the best one's, divided by this. */
export const usualOrderScale = 0.05
/** So small that the order of the search alone decides. */
export const orderAlone = 0.001
/** So large that the model alone decides. */
const modelAlone = 1

/** With fewer questions nothing can be said. */
export const fewestChoices = 12

/**
 * Twice the gain in log likelihood that a weight of no use has by chance in one of twenty cases (the chi
 * squared distribution with one degree of freedom; Wilks 1938).
 */
const significant = 3.84

const modelWeights = [0, ...steps(0.05, 2, 24)]
const scoreWeights = [0, ...steps(1, 400, 40)]
/** A model may give the right candidate no probability at all. */
const leastProbability = 1e-6

/**
 * Weighs a model's choice against the order of the search by a conditional logit (McFadden 1974) over
 * both: the likelihood of the right candidates is highest with these weights. A model whose choice adds
 * nothing that is significant gets none.
 *
 * @returns the scale of the prior; the usual one with fewer than `fewestChoices` questions.
 */
export function fitOrderScale(made: readonly ChoiceMade[]): number {
  if (made.length < fewestChoices) return usualOrderScale
  const withoutModel = bestWeights(made, [0], scoreWeights)
  const both = bestWeights(made, modelWeights, scoreWeights)
  if (2 * (both.likelihood - withoutModel.likelihood) < significant) return orderAlone
  if (both.score === 0) return modelAlone
  return Math.min(Math.max(both.model / both.score, orderAlone), modelAlone)
}

interface Weights {
  readonly model: number
  readonly score: number
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
  const utilities = candidates.map(
    (one) => model * Math.log(Math.max(one.probability, leastProbability)) + score * one.score,
  )
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
