import type { ChoiceMeasured } from '../../../shared/domain/choiceMeasured.ts'
import { fewestChoices, fitOrderScale, orderAlone, type ChoiceMade } from './fitOrderScale.ts'
import { measureChoice, type ChoiceDeps } from './measureChoice.ts'

/**
 * Measures how well a loaded model chooses quotes, and fits how much the order of the search counts beside
 * its choice.
 *
 * @param onFraction receives the progress, 0 to 1.
 * @throws AppError `cancelled`, and errors of the model.
 */
export async function weighChoice(
  deps: ChoiceDeps,
  onFraction: (fraction: number) => void,
  signal: AbortSignal,
): Promise<{ readonly choice: ChoiceMeasured; readonly orderScale: number }> {
  const made = await measureChoice(deps, onFraction, signal)
  const orderScale = fitOrderScale(made)
  return { choice: summarise(made, orderScale), orderScale }
}

function summarise(made: readonly ChoiceMade[], orderScale: number): ChoiceMeasured {
  const right = (value: (candidate: Candidate) => number): number =>
    made.filter(({ candidates }) => isBestRight(candidates, value)).length
  const counts = orderScale === orderAlone ? 'order' : 'both'
  return {
    questions: made.length,
    order: right(({ score }) => score),
    model: right(({ probability }) => probability),
    together: right(({ probability, score }) => Math.log(probability) + score / orderScale),
    counts: made.length < fewestChoices ? null : counts,
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
