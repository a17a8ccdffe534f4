import type { ModelFacts, ModelSpeed } from '../../shared/domain/languageModel.ts'
import type { CalibrationEntry } from '../llm/calibration.ts'

type Sized = Pick<ModelFacts, 'parameters' | 'sizeBytes'>

export interface MeasuredModel {
  readonly facts: Sized
  readonly measured: Pick<CalibrationEntry, 'threads' | 'measured'>
}

/**
 * A model's speed as measured, or estimated from the measured model that is nearest in size.
 * Generation reads every weight once per token, so its rate is inversely proportional to the bytes;
 * prefill is bound by computation, so its rate is inversely proportional to the number of weights.
 */
export function estimateSpeed(model: Sized, known: readonly MeasuredModel[]): ModelSpeed | null {
  const own = known.find(({ facts }) => facts === model)
  if (own !== undefined) return { ...ratesOf(own), measured: true }
  const distance = ({ facts }: MeasuredModel): number =>
    Math.abs(Math.log(facts.parameters / model.parameters))
  const [nearest] = [...known].sort((left, right) => distance(left) - distance(right))
  // A model that fits the processor's cache can't predict one that doesn't.
  if (nearest === undefined || distance(nearest) > Math.log(12)) return null
  const { reading, writing } = ratesOf(nearest)
  return {
    reading: (reading * nearest.facts.parameters) / model.parameters,
    writing: (writing * nearest.facts.sizeBytes) / model.sizeBytes,
    measured: false,
  }
}

function ratesOf({ measured: { threads, measured } }: MeasuredModel) {
  const rate = (wanted: number, kind: 'prefill' | 'generation'): number =>
    measured.find((one) => one.threads === wanted)?.[kind] ?? 0
  return {
    reading: rate(threads.prefill, 'prefill'),
    writing: rate(threads.generation, 'generation'),
  }
}
