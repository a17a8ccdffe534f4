import type { ChoiceMeasured } from '../../../shared/domain/choiceMeasured.ts'
import type { ChoiceWeights } from '../../llm/calibration.ts'
import { utility } from './choiceShares.ts'
import { fitChoiceWeights, usualWeights, type ChoiceMade } from './fitChoiceWeights.ts'
import { measureChoice, type ChoiceDeps } from './measureChoice.ts'

/**
 * Measures how well a loaded model chooses quotes, and fits how much its choice counts beside the order of the
 * search.
 *
 * @param onFraction receives the progress, 0 to 1.
 * @throws AppError `cancelled`, and errors of the model.
 */
export async function weighChoice(
  deps: ChoiceDeps,
  onFraction: (fraction: number) => void,
  signal: AbortSignal,
): Promise<{ readonly choice: ChoiceMeasured; readonly weights: ChoiceWeights | null }> {
  const made = await measureChoice(deps, onFraction, signal)
  const weights = fitChoiceWeights(made)
  return { choice: summarise(made, weights), weights }
}

function summarise(made: readonly ChoiceMade[], weights: ChoiceWeights | null): ChoiceMeasured {
  const right = (value: (candidate: Candidate) => number): number =>
    made.filter(({ candidates }) => isBestRight(candidates, value)).length
  return {
    questions: made.length,
    order: right(({ score }) => score),
    model: right(({ probability }) => probability),
    together: right((candidate) => utility(candidate, weights ?? usualWeights)),
    counts: weights === null ? null : weights.model === 0 ? 'order' : 'both',
  }
}

type Candidate = ChoiceMade['candidates'][number]

function isBestRight(
  candidates: readonly Candidate[],
  value: (candidate: Candidate) => number,
): boolean {
  const best = Math.max(...candidates.map(value))
  return candidates.find((one) => value(one) === best)?.right === true
}
