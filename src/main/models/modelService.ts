import path from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import type { ModelState } from '../../shared/contract/models.ts'
import { defaultModelSettings, type Settings } from '../../shared/domain/settings.ts'
import { createEmitter } from '../../shared/emitter.ts'
import { AppError, cancelled, isCancelled, toWire } from '../../shared/errors.ts'
import type { Logger } from '../disk/logger.ts'
import type { SettingsStore } from '../config/settingsStore.ts'
import { unlessAborted } from '../flow/unlessAborted.ts'
import type { Llm, LlmInfo, LoadOptions, LoadProgress } from '../llm/llm.ts'
import { createCrashPolicy } from './crashPolicy.ts'
import { loadPersistently, type LoadListener } from './loadPersistently.ts'

export interface ModelServiceDeps {
  readonly llm: Llm
  readonly settings: SettingsStore
  /** Path of the demo model. */
  readonly bundledModel: string
  readonly logger: Pick<Logger, 'info' | 'warn' | 'error'>
}

/** Keeps loaded what is to answer, and tells what that is. */
export interface ModelService {
  /** Loads the model now instead of at the first question. */
  start(): void
  /**
   * Waits until a model can answer.
   *
   * @returns null for passages only: no model can be loaded (`state` says why) or none is wanted.
   * @throws AppError `cancelled`.
   */
  ready(signal: AbortSignal): Promise<LlmInfo | null>
  /** Before anything has been loaded: `loading` without a fraction. */
  state(): ModelState
  onState(listener: (state: ModelState) => void): () => void
  /**
   * Chooses a file (null: the bundled model) and remembers it once it has been loaded.
   *
   * @throws AppError with the reason; what was in use before stays in use.
   */
  use(file: string | null): Promise<ModelState>
  /** Gives back the memory of the model; the next question loads it again. */
  unload(): Promise<void>
  /**
   * Measures a model's speed and remembers it; afterwards what was in use is loaded again.
   *
   * @throws AppError `model-missing`, `model-load-failed`, `cancelled` …
   */
  calibrate(
    file: string | null,
    onProgress: (progress: LoadProgress) => void,
    signal: AbortSignal,
  ): Promise<LlmInfo>
  dispose(): Promise<void>
}

type Change = Partial<Pick<ModelState, 'status' | 'fraction' | 'error'>>

interface Attempt {
  options: LoadOptions
  readonly controller: AbortController
  /** Rejects with the reason if the model cannot be loaded. */
  readonly result: Promise<LlmInfo>
  info?: LlmInfo
  failed?: true
}

export function createModelService(deps: ModelServiceDeps): ModelService {
  const { llm, settings, bundledModel, logger } = deps
  const crashes = createCrashPolicy()
  const states = createEmitter<ModelState>()
  let attempt: Attempt | undefined
  /** A file that is being tried out before it is remembered. */
  let trial: { readonly file: string | null } | undefined
  let restart: NodeJS.Timeout | undefined
  let disposed = false
  /** What happened to the process, until another one is ready. */
  let crash: ModelState['error'] = null
  let state = describe({ status: 'loading', fraction: null, error: null })

  function wanted(): LoadOptions | null {
    const now = settings.get()
    if (now.passagesOnly && trial === undefined) return null
    const file = fileOf(trial === undefined ? now.modelFile : trial.file, bundledModel)
    const { contextSize, threads } = now.models[file] ?? defaultModelSettings
    return { file, contextSize, threads, gpu: mayUseGpu(file) }
  }

  /** The demo model is done before a graphics card has been set up. */
  function mayUseGpu(file: string): boolean {
    return settings.get().gpu && file !== bundledModel && !crashes.gpuFailed()
  }

  function describe(change: Change): ModelState {
    const { modelFile, passagesOnly, models } = settings.get()
    const none = passagesOnly && trial === undefined
    const file = fileOf(trial === undefined ? modelFile : trial.file, bundledModel)
    const demo = file === bundledModel
    const loaded = attempt?.info
    return {
      status: none ? 'none' : 'loading',
      fraction: null,
      error: null,
      ...change,
      file: none ? null : file,
      name: none ? '' : (loaded?.name ?? path.basename(file, '.gguf')),
      demo,
      contextSize: loaded?.contextSize ?? null,
      threads: loaded?.threads ?? null,
      answering: models[file]?.answering ?? (demo ? 'quote' : 'write'),
    }
  }

  function publish(change: Change): void {
    const next = describe(change)
    if (isDeepStrictEqual(next, state)) return
    state = next
    states.emit(state)
  }

  /** Starts to load what is wanted, unless it is there or on its way. */
  function ensure(): Attempt | null {
    const options = wanted()
    if (disposed) return null
    if (options === null) {
      if (attempt !== undefined) void forget()
      publish({ status: 'none' })
      return null
    }
    if (attempt !== undefined && isDeepStrictEqual(attempt.options, options)) return attempt
    attempt?.controller.abort()
    clearTimeout(restart)
    return begin(options)
  }

  function begin(options: LoadOptions): Attempt {
    const controller = new AbortController()
    const { signal } = controller
    const listener: LoadListener = {
      onProgress({ stage, fraction }) {
        if (!signal.aborted) publish({ status: stage, fraction, error: crash })
      },
      onCrash(error, gpu) {
        crash = toWire(error)
        logger.warn(gpu ? 'loading again without the graphics card' : 'loading again')
        if (!gpu) return
        crashes.blameGpu()
        next.options = { ...options, gpu: false }
      },
    }
    const result = loadPersistently(llm, options, listener, signal)
    const next: Attempt = { options, controller, result }
    attempt = next
    publish({ status: 'loading', error: crash })
    next.result.then(
      (info) => {
        if (attempt !== next) return
        next.info = info
        crash = null
        logger.info('model loaded', { context: info.contextSize, threads: info.threads })
        publish({ status: 'ready', error: crashes.notice() ?? shortContext(info) })
      },
      (error: unknown) => {
        if (attempt !== next) return
        next.failed = true
        crash = null
        if (isCancelled(error)) return
        if (!(error instanceof AppError)) logger.error('loading the model failed', error)
        publish({ status: 'failed', error: toWire(error) })
      },
    )
    return next
  }

  /** TypeScript takes a variable that was set to undefined to stay so. */
  const current = (): Attempt | undefined => attempt

  async function forget(): Promise<void> {
    attempt?.controller.abort()
    attempt = undefined
    clearTimeout(restart)
    await llm.unload().catch((error: unknown) => logger.error('unloading failed', error))
  }

  const stopCrashes = llm.onCrash((message) => {
    // While loading, `loadPersistently` hears of it itself.
    if (attempt?.info === undefined || disposed) return
    const after = crashes.crashed(attempt.info.gpu === true)
    attempt = undefined
    crash = { code: 'host-crashed', message }
    publish({ status: after.again ? 'loading' : 'failed', error: crash })
    if (after.again) restart = setTimeout(ensure, after.waitMs)
  })
  const stopSettings = settings.onChange(() => {
    // Nothing is loaded for a setting's sake before a model was ever asked for.
    if (attempt !== undefined) ensure()
    publish({ status: state.status, fraction: state.fraction, error: state.error })
  })

  return {
    start: () => void ensure(),
    state: () => state,
    onState: states.on,
    async ready(signal) {
      if (attempt?.failed === true && crashes.mayRetry(state.error)) attempt = undefined
      const current = ensure()
      if (current === null) return null
      try {
        return await unlessAborted(current.result, signal)
      } catch (error) {
        if (signal.aborted) throw cancelled()
        // Another model took its place meanwhile.
        if (isCancelled(error) && attempt !== current) return this.ready(signal)
        return null
      }
    },
    async use(file) {
      const before = attempt
      trial = { file: file === null ? null : path.resolve(file) }
      try {
        if (before?.failed === true) attempt = undefined
        await ensure()?.result
        await settings.update({ modelFile: trial.file, passagesOnly: false })
        trial = undefined
      } catch (error) {
        trial = undefined
        if (before !== undefined) ensure()
        throw error
      }
      publish({ status: 'ready', error: crashes.notice() })
      return state
    },
    async unload() {
      if (attempt?.info === undefined) return
      await forget()
      // A question may have come meanwhile, and loads it again.
      if (current() === undefined) publish({ status: 'idle' })
    },
    async calibrate(given, onProgress, signal) {
      const file = fileOf(given ?? settings.get().modelFile, bundledModel)
      const before = attempt
      await forget()
      try {
        const { contextSize } = settings.get().models[file] ?? defaultModelSettings
        const gpu = mayUseGpu(file)
        const options = { file, contextSize, threads: null, gpu, measure: true } as const
        return await llm.load(options, onProgress, signal)
      } finally {
        if (before === undefined) await forget()
        else ensure()
      }
    },
    async dispose() {
      disposed = true
      stopCrashes()
      stopSettings()
      states.clear()
      await forget()
    },
  }
}

function fileOf(modelFile: Settings['modelFile'], bundledModel: string): string {
  return modelFile === null ? bundledModel : path.resolve(modelFile)
}

/** Says that a model was loaded with less context than was wanted. */
function shortContext({ contextSize, contextWanted = 0 }: LlmInfo): ModelState['error'] {
  if (contextSize >= contextWanted) return null
  const [there, wanted] = [contextSize, contextWanted].map((tokens) => tokens.toLocaleString('en'))
  return {
    code: 'out-of-memory',
    message: `There is memory for ${there} tokens of context, not for ${wanted}: fewer passages go with a question. A smaller model leaves more room.`,
  }
}
