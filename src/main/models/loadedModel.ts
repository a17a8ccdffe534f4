import { isDeepStrictEqual } from 'node:util'
import type { ModelState } from '../../shared/contract/models.ts'
import { AppError, isCancelled, toWire } from '../../shared/errors.ts'
import type { Logger } from '../disk/logger.ts'
import type { Llm, LlmInfo, LoadOptions } from '../llm/llm.ts'
import type { CrashPolicy } from './crashPolicy.ts'
import { loadPersistently, type LoadListener } from './loadPersistently.ts'
import type { StateChange } from './modelStates.ts'

/** A model that is loaded, is being loaded, or could not be. */
export interface LoadAttempt {
  /** Without the graphics card once that has crashed. */
  options: LoadOptions
  readonly controller: AbortController
  /** Rejects with the reason if the model cannot be loaded. */
  readonly result: Promise<LlmInfo>
  /** What is loaded. */
  info?: LlmInfo
  failed?: true
}

export interface LoadedModelDeps {
  readonly llm: Pick<Llm, 'load' | 'unload' | 'onCrash'>
  readonly crashes: CrashPolicy
  readonly logger: Pick<Logger, 'info' | 'warn' | 'error'>
  readonly publish: (change: StateChange) => void
  /** Loads again what is wanted, some time after a crash. */
  readonly loadAgain: () => void
}

/** The model in the process, at most one. */
export interface LoadedModel {
  current(): LoadAttempt | undefined
  /** Starts to load a model in place of another, unless the same is loaded or on its way. */
  load(options: LoadOptions): LoadAttempt
  /** Forgets a model that could not be loaded: the next `load` tries it again. */
  forgetFailure(): void
  /** Stops loading, and gives the memory back. */
  unload(): Promise<void>
  /** Hears of no more crashes, and gives the memory back. */
  close(): Promise<void>
}

export function createLoadedModel(deps: LoadedModelDeps): LoadedModel {
  const { llm, crashes, logger, publish } = deps
  let attempt: LoadAttempt | undefined
  let restart: NodeJS.Timeout | undefined
  /** What happened to the process, until another one is ready. */
  let crash: ModelState['error'] = null

  function begin(options: LoadOptions): LoadAttempt {
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
    const next: LoadAttempt = { options, controller, result }
    attempt = next
    publish({ status: 'loading', error: crash })
    result.then(
      (info) => succeeded(next, info),
      (error: unknown) => failed(next, error),
    )
    return next
  }

  function succeeded(which: LoadAttempt, info: LlmInfo): void {
    if (attempt !== which) return
    which.info = info
    crash = null
    logger.info('model loaded', { context: info.contextSize, threads: info.threads })
    publish({ status: 'ready', error: crashes.notice() ?? shortContext(info) })
  }

  function failed(which: LoadAttempt, error: unknown): void {
    if (attempt !== which) return
    which.failed = true
    crash = null
    if (isCancelled(error)) return
    reportUnforeseen(error, logger)
    publish({ status: 'failed', error: toWire(error) })
  }

  async function unload(): Promise<void> {
    attempt?.controller.abort()
    attempt = undefined
    clearTimeout(restart)
    await llm.unload().catch((error: unknown) => logger.error('unloading failed', error))
  }

  const stopCrashes = llm.onCrash((message) => {
    // While loading, `loadPersistently` hears of it itself.
    if (attempt?.info === undefined) return
    const { again, waitMs } = crashes.crashed(attempt.info.gpu === true)
    attempt = undefined
    crash = { code: 'host-crashed', message }
    publish({ status: again ? 'loading' : 'failed', error: crash })
    if (again) restart = setTimeout(deps.loadAgain, waitMs)
  })

  return {
    current: () => attempt,
    load(options) {
      if (attempt !== undefined && isDeepStrictEqual(attempt.options, options)) return attempt
      attempt?.controller.abort()
      clearTimeout(restart)
      return begin(options)
    },
    forgetFailure() {
      if (attempt?.failed === true) attempt = undefined
    },
    unload,
    close() {
      stopCrashes()
      return unload()
    },
  }
}

function reportUnforeseen(error: unknown, logger: LoadedModelDeps['logger']): void {
  if (!(error instanceof AppError)) logger.error('loading the model failed', error)
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
