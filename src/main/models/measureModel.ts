import type { CalibrateItem } from '../../shared/contract/models.ts'
import type { ChoiceMeasured } from '../../shared/domain/choiceMeasured.ts'
import type { InstalledModel } from '../../shared/domain/languageModel.ts'
import { AppError } from '../../shared/errors.ts'
import { streamWork } from '../flow/workStream.ts'
import type { Calibration, ChoiceWeights } from '../llm/calibration.ts'
import type { LlmInfo } from '../llm/llm.ts'
import type { InstalledModels } from './installedModels.ts'
import type { ModelLoader } from './modelLoader.ts'

export interface MeasureDeps {
  readonly loader: Pick<ModelLoader, 'state' | 'calibrate'>
  readonly models: Pick<InstalledModels, 'get' | 'changed'>
  readonly calibration: Pick<Calibration, 'find' | 'setChoice'>
  readonly weighChoice: WeighChoice
}

/**
 * Measures how well a loaded model chooses quotes.
 *
 * @param onFraction receives the progress, 0 to 1.
 * @returns what to show, and how much its choice counts; null: not known.
 */
export type WeighChoice = (
  info: LlmInfo,
  onFraction: (fraction: number) => void,
  signal: AbortSignal,
) => Promise<{ readonly choice: ChoiceMeasured; readonly weights: ChoiceWeights | null }>

/**
 * Measures the speed of an installed model (null: the one in use), and how well it chooses quotes.
 *
 * @returns the progress, then the measurement. Returning from the iterator stops it.
 */
export function measureModel(
  id: string | null,
  deps: MeasureDeps,
  signal: AbortSignal,
): AsyncIterable<CalibrateItem> {
  return streamWork((push, stopped) => measure(id, deps, push, stopped), signal)
}

async function measure(
  id: string | null,
  { loader, models, calibration, weighChoice }: MeasureDeps,
  push: (item: CalibrateItem) => void,
  signal: AbortSignal,
): Promise<void> {
  const file = id === null ? loader.state().file : (await languageModel(id, models)).file
  if (file === null) throw new AppError('not-found', 'No model is in use. Name one to measure.')
  let choice: ChoiceMeasured | undefined
  const { gpu } = await loader.calibrate(
    file,
    ({ stage, fraction }) => push({ type: stage, fraction }),
    signal,
    async (info) => {
      const weighed = await weighChoice(
        info,
        (fraction) => push({ type: 'choosing', fraction }),
        signal,
      )
      await calibration.setChoice(file, info.gpu === true, weighed.weights)
      choice = weighed.choice
    },
  )
  const entry = await calibration.find(file, gpu === true)
  if (entry === null || choice === undefined) throw new Error('Nothing was measured')
  push({ type: 'done', threads: entry.threads, measured: entry.measured, choice })
  models.changed()
}

/** An installed language model. @throws AppError `not-found`, `invalid-input`. */
export async function languageModel(
  id: string,
  models: Pick<InstalledModels, 'get'>,
): Promise<InstalledModel> {
  const model = await models.get(id)
  if (model.role === 'answers') return model
  throw new AppError('invalid-input', `${model.name} finds passages; it does not write answers.`)
}
