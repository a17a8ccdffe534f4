import type { CalibrateItem } from '../../shared/contract/models.ts'
import type { InstalledModel } from '../../shared/domain/languageModel.ts'
import { AppError } from '../../shared/errors.ts'
import { streamWork } from '../flow/workStream.ts'
import type { Calibration } from '../llm/calibration.ts'
import type { InstalledModels } from './installedModels.ts'
import type { ModelLoader } from './modelLoader.ts'

export interface MeasureDeps {
  readonly loader: Pick<ModelLoader, 'state' | 'calibrate'>
  readonly models: Pick<InstalledModels, 'get' | 'changed'>
  readonly calibration: Pick<Calibration, 'find'>
}

/**
 * Measures the speed of an installed model (null: the one in use).
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
  { loader, models, calibration }: MeasureDeps,
  push: (item: CalibrateItem) => void,
  signal: AbortSignal,
): Promise<void> {
  const file = id === null ? loader.state().file : (await languageModel(id, models)).file
  if (file === null) throw new AppError('not-found', 'No model is in use. Name one to measure.')
  const { gpu } = await loader.calibrate(
    file,
    ({ stage, fraction }) => push({ type: stage, fraction }),
    signal,
  )
  const entry = await calibration.find(file, gpu === true)
  if (entry === null) throw new Error('Nothing was measured')
  push({ type: 'done', threads: entry.threads, measured: entry.measured })
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
