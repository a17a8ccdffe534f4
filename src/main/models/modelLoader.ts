import path from 'node:path'
import type { ModelState } from '../../shared/contract/models.ts'
import { cancelled, isCancelled } from '../../shared/errors.ts'
import type { Logger } from '../disk/logger.ts'
import type { SettingsStore } from '../config/settingsStore.ts'
import { rejectOnAbort } from '../flow/rejectOnAbort.ts'
import type { Llm, LlmInfo, LoadProgress } from '../llm/llm.ts'
import { createCrashPolicy } from './crashPolicy.ts'
import { createLoadedModel, type LoadAttempt, type LoadedModel } from './loadedModel.ts'
import { createModelStates } from './modelStates.ts'
import {
  loadOf,
  measuringLoad,
  wantedLoad,
  type ModelPreference,
  type TrialModel,
} from './wantedModel.ts'

export interface ModelLoaderDeps {
  readonly llm: Llm
  readonly settings: SettingsStore
  /** Path of the demo model. */
  readonly bundledModel: string
  readonly logger: Pick<Logger, 'info' | 'warn' | 'error'>
}

/** Keeps the chosen model loaded, and reports its state. */
export interface ModelLoader {
  /** Loads the model now and not at the first question. */
  start(): void
  /**
   * Waits until a model can answer. The same object is returned until a model is loaded again.
   *
   * @param file a certain model for work in the background, in place of the chosen one until that is
   * needed.
   * @returns null for passages only: no model can be loaded (`state` says why) or none is wanted.
   * @throws AppError `cancelled`.
   */
  ready(signal: AbortSignal, file?: string): Promise<LlmInfo | null>
  /** The current state. Before the first load: `loading` without a fraction. */
  state(): ModelState
  onState(listener: (state: ModelState) => void): () => void
  /**
   * Chooses a file (null: the bundled model), and saves the choice once it is loaded.
   *
   * @throws AppError with the reason; the previous model stays in use then.
   */
  use(file: string | null): Promise<ModelState>
  /** Unloads the model; the next question loads it again. */
  unload(): Promise<void>
  /**
   * Measures a model's speed and saves it; afterwards the previous model is loaded again.
   *
   * @param measureMore is called before that, with the measured model loaded.
   * @throws AppError `model-missing`, `model-load-failed`, `cancelled` …
   */
  calibrate(
    file: string | null,
    onProgress: (progress: LoadProgress) => void,
    signal: AbortSignal,
    measureMore: (info: LlmInfo) => Promise<void>,
  ): Promise<LlmInfo>
  dispose(): Promise<void>
}

export function createModelLoader(deps: ModelLoaderDeps): ModelLoader {
  const { llm, settings, bundledModel, logger } = deps
  const crashes = createCrashPolicy()
  /** A file that is being loaded before the choice is saved. */
  let trial: TrialModel | undefined
  let disposed = false
  const wish = (): ModelPreference => ({
    settings: settings.get(),
    trial,
    bundledModel,
    gpuFailed: crashes.gpuFailed(),
  })
  const states = createModelStates(wish, () => model.current()?.info)
  const { publish } = states
  const model = createLoadedModel({ llm, crashes, logger, publish, loadAgain: () => void ensure() })

  /** Starts to load a model, or else the wanted one, unless it is loaded or loading. */
  function ensure(file?: string): LoadAttempt | null {
    if (disposed) return null
    const options = file === undefined ? wantedLoad(wish()) : loadOf(file, wish())
    if (options !== null) return model.load(options)
    if (model.current() !== undefined) void model.unload()
    publish({ status: 'none' })
    return null
  }

  const stopSettings = settings.onChange(() => {
    // A change of settings only loads a model if one was needed before.
    if (model.current() !== undefined) ensure()
    const { status, fraction, error } = states.current()
    publish({ status, fraction, error })
  })

  async function ready(signal: AbortSignal, file?: string): Promise<LlmInfo | null> {
    if (crashes.mayRetry(states.current().error)) model.forgetFailure()
    const attempt = ensure(file)
    if (attempt === null) return null
    try {
      return await rejectOnAbort(attempt.result, signal)
    } catch (error) {
      if (signal.aborted) throw cancelled()
      // Meanwhile another model was chosen.
      if (isCancelled(error) && model.current() !== attempt) return ready(signal, file)
      return null
    }
  }

  return {
    start: () => void ensure(),
    state: states.current,
    onState: states.on,
    ready,
    async use(file) {
      const before = model.current()
      trial = { file: file === null ? null : path.resolve(file) }
      try {
        model.forgetFailure()
        await ensure()?.result
        await settings.update({ modelFile: trial.file, passagesOnly: false })
        trial = undefined
      } catch (error) {
        trial = undefined
        if (before !== undefined) ensure()
        throw error
      }
      publish({ status: 'ready', error: crashes.notice() })
      return states.current()
    },
    async unload() {
      if (model.current()?.info === undefined) return
      await model.unload()
      // A question may have loaded it again meanwhile.
      if (model.current() === undefined) publish({ status: 'idle' })
    },
    calibrate: (file, onProgress, signal, measureMore) =>
      withoutModel(model, ensure, async () => {
        const info = await llm.load(measuringLoad(file, wish()), onProgress, signal)
        await measureMore(info)
        return info
      }),
    async dispose() {
      disposed = true
      stopSettings()
      states.clear()
      await model.close()
    },
  }
}

/** Runs work with the model unloaded; afterwards the previous model is loaded again. */
async function withoutModel<T>(
  model: LoadedModel,
  loadAgain: () => void,
  work: () => Promise<T>,
): Promise<T> {
  const before = model.current()
  await model.unload()
  try {
    return await work()
  } finally {
    if (before === undefined) await model.unload()
    else loadAgain()
  }
}
