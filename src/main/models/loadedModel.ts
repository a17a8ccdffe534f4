import { isDeepStrictEqual } from 'node:util'
import { formatCount } from '../../shared/domain/localFormat.ts'
import type { ModelState } from '../../shared/contract/models.ts'
import { isCancelled, isUnexpected, toWire } from '../../shared/errors.ts'
import type { Logger } from '../disk/logger.ts'
import type { Llm, LlmInfo, LoadOptions } from '../llm/llm.ts'
import type { CrashPolicy } from './crashPolicy.ts'
import { loadPersistently, type LoadListener } from './loadPersistently.ts'
import type { StateChange } from './modelStates.ts'

/** A model that is loaded, is being loaded, or failed to load. */
export interface LoadAttempt {
  /** Changed to run without the graphics card after that crashed. */
  options: LoadOptions
  readonly controller: AbortController
  /** Rejects with the reason if loading fails. */
  readonly result: Promise<LlmInfo>
  /** Set once the model is loaded. */
  info?: LlmInfo
  failed?: true
}

export interface LoadedModelDeps {
  readonly llm: Pick<Llm, 'load' | 'unload' | 'onCrash'>
  readonly crashes: CrashPolicy
  readonly logger: Pick<Logger, 'info' | 'warn' | 'error'>
  readonly publish: (change: StateChange) => void
  /** Called after a crash, to load the wanted model again. */
  readonly loadAgain: () => void
}

/** The model in the process, at most one. */
export interface LoadedModel {
  current(): LoadAttempt | undefined
  /**
   * Starts to load a model in place of the current one, unless the same model is loaded or loading.
   */
  load(options: LoadOptions): LoadAttempt
  /** Forgets a failed attempt, so that the next `load` tries again. */
  forgetFailure(): void
  /** Stops loading, or unloads the model. */
  unload(): Promise<void>
  /** Unloads the model, and ignores crashes from then on. */
  close(): Promise<void>
}

export function createLoadedModel(deps: LoadedModelDeps): LoadedModel {
  const { llm, crashes, logger, publish } = deps
  let attempt: LoadAttempt | undefined
  let restart: NodeJS.Timeout | undefined
  /** The last crash, until a model is loaded again. */
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
        crashes.gpuCrashed()
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
    // Crashes while loading are handled by `loadPersistently`.
    if (attempt?.info === undefined) return
    const again = crashes.crashed(attempt.info.gpu === true)
    attempt = undefined
    crash = { code: 'host-crashed', message }
    publish({ status: again ? 'loading' : 'failed', error: crash })
    // Later, so that pending calls hear of the crash first.
    if (again) restart = setTimeout(deps.loadAgain)
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
  if (isUnexpected(error)) logger.error('loading the model failed', error)
}

/** The notice that a model was loaded with less context than wanted; null if it wasn't. */
function shortContext({ contextSize, contextWanted = 0 }: LlmInfo): ModelState['error'] {
  if (contextSize >= contextWanted) return null
  const [there, wanted] = [contextSize, contextWanted].map(formatCount)
  return {
    code: 'out-of-memory',
    message: `There is memory for ${there} tokens of context, not for ${wanted}: fewer passages go with a question. A smaller model leaves more room.`,
  }
}
