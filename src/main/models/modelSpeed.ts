import type { ModelFacts, ModelSpeed } from '../../shared/domain/languageModel.ts'
import type { CalibrationEntry } from '../llm/calibration.ts'

type Sized = Pick<ModelFacts, 'parameters' | 'sizeBytes'>

export interface MeasuredModel {
  readonly facts: Sized
  readonly measured: Pick<CalibrationEntry, 'threads' | 'measured'>
}

/**
 * How fast a model is: as measured, or worked out from the measured model that is nearest in size.
 * Writing a token reads every weight once, so its rate goes with the bytes; reading a prompt
 * computes with every weight, so its rate goes with their number.
 */
export function estimateSpeed(model: Sized, known: readonly MeasuredModel[]): ModelSpeed | null {
  const own = known.find(({ facts }) => facts === model)
  if (own !== undefined) return { ...ratesOf(own), measured: true }
  const distance = ({ facts }: MeasuredModel): number =>
    Math.abs(Math.log(facts.parameters / model.parameters))
  const [nearest] = [...known].sort((left, right) => distance(left) - distance(right))
  // From a model that fits into the processor's cache nothing follows for one that does not.
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
