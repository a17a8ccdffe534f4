import path from 'node:path'
import { defaultModelSettings, type Settings } from '../../shared/domain/settings.ts'
import type { LoadOptions } from '../llm/llm.ts'

/** A file that is loaded before the choice is saved; null: the bundled model. */
export interface TrialModel {
  readonly file: string | null
}

/** What determines which model is used, and how it is loaded. */
export interface ModelPreference {
  readonly settings: Settings
  /** Takes precedence over the settings. */
  readonly trial: TrialModel | undefined
  /** Path of the demo model. */
  readonly bundledModel: string
  readonly gpuFailed: boolean
}

/** The path of the model to use; null for passages only. */
export function wantedFile({ settings, trial, bundledModel }: ModelPreference): string | null {
  if (settings.passagesOnly && trial === undefined) return null
  return fileOf(trial === undefined ? settings.modelFile : trial.file, bundledModel)
}

/** How to load the model to use; null for passages only. */
export function wantedLoad(wish: ModelPreference): LoadOptions | null {
  const file = wantedFile(wish)
  return file === null ? null : loadOf(file, wish)
}

/** How to load a certain model, with its own settings. */
export function loadOf(file: string, wish: ModelPreference): LoadOptions {
  const { contextSize, threads } = wish.settings.models[file] ?? defaultModelSettings
  return { file, contextSize, threads, gpu: mayUseGpu(file, wish) }
}

/** How to load a model (null: the settings' model) such that its speed is measured. */
export function measuringLoad(given: string | null, wish: ModelPreference): LoadOptions {
  const file = fileOf(given ?? wish.settings.modelFile, wish.bundledModel)
  const { contextSize } = wish.settings.models[file] ?? defaultModelSettings
  return { file, contextSize, threads: null, gpu: mayUseGpu(file, wish), measure: true }
}

/** The demo model doesn't use the graphics card: it answers before one is set up. */
function mayUseGpu(file: string, { settings, bundledModel, gpuFailed }: ModelPreference): boolean {
  return settings.gpu && file !== bundledModel && !gpuFailed
}

function fileOf(modelFile: Settings['modelFile'], bundledModel: string): string {
  return modelFile === null ? bundledModel : path.resolve(modelFile)
}
