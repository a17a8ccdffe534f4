import path from 'node:path'
import { defaultModelSettings, type Settings } from '../../shared/domain/settings.ts'
import type { LoadOptions } from '../llm/llm.ts'

/** A file that is tried out before it is remembered; null: the bundled model. */
export interface TrialModel {
  readonly file: string | null
}

/** What has a say in which model answers, and how it is loaded. */
export interface ModelWish {
  readonly settings: Settings
  /** Goes before what the settings say. */
  readonly trial: TrialModel | undefined
  /** Path of the demo model. */
  readonly bundledModel: string
  readonly gpuFailed: boolean
}

/** The path of the model that is to answer; null where passages only are wanted. */
export function wantedFile({ settings, trial, bundledModel }: ModelWish): string | null {
  if (settings.passagesOnly && trial === undefined) return null
  return fileOf(trial === undefined ? settings.modelFile : trial.file, bundledModel)
}

/** How to load the model that is to answer; null where passages only are wanted. */
export function wantedLoad(wish: ModelWish): LoadOptions | null {
  const file = wantedFile(wish)
  if (file === null) return null
  const { contextSize, threads } = wish.settings.models[file] ?? defaultModelSettings
  return { file, contextSize, threads, gpu: mayUseGpu(file, wish) }
}

/** How to load a model (null: the one of the settings) so that its speed is measured. */
export function measuringLoad(given: string | null, wish: ModelWish): LoadOptions {
  const file = fileOf(given ?? wish.settings.modelFile, wish.bundledModel)
  const { contextSize } = wish.settings.models[file] ?? defaultModelSettings
  return { file, contextSize, threads: null, gpu: mayUseGpu(file, wish), measure: true }
}

/** The demo model is done before a graphics card has been set up. */
function mayUseGpu(file: string, { settings, bundledModel, gpuFailed }: ModelWish): boolean {
  return settings.gpu && file !== bundledModel && !gpuFailed
}

function fileOf(modelFile: Settings['modelFile'], bundledModel: string): string {
  return modelFile === null ? bundledModel : path.resolve(modelFile)
}
