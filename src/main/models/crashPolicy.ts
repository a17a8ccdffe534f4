import type { ModelState } from '../../shared/contract/models.ts'
import { recoveredAfterMs } from '../processes/supervisedHost.ts'

/** Crashes in a row after which the model is loaded again without a question. */
const mostReloads = 3
/** After giving up, a question tries again after this many milliseconds. */
const retryAfterMs = 30_000

/**
 * What to do after crashes of the language model's process. How long to wait is up to the process:
 * see `supervisedHost`.
 */
export interface CrashPolicy {
  /** Counts a crash of a loaded model. @returns whether to load it again at once. */
  crashed(onGpu: boolean): boolean
  /** Records a crash while loading on the graphics card. */
  gpuCrashed(): void
  gpuFailed(): boolean
  /** What the user should know about the loaded model; null if nothing. */
  notice(): ModelState['error']
  /** Whether a question should try again to load a model that failed to load. */
  mayRetry(error: ModelState['error']): boolean
}

export function createCrashPolicy(now: () => number = Date.now): CrashPolicy {
  let inARow = 0
  let lastAt = -Infinity
  let gpuFailed = false

  return {
    crashed(onGpu) {
      if (onGpu) gpuFailed = true
      inARow = now() - lastAt > recoveredAfterMs ? 1 : inARow + 1
      lastAt = now()
      return inARow <= mostReloads
    },
    gpuCrashed() {
      gpuFailed = true
    },
    gpuFailed: () => gpuFailed,
    notice: () =>
      gpuFailed
        ? {
            code: 'host-crashed',
            message:
              'The language model crashed on the graphics card. It now runs on the processor, which is slower, until Penknife is started again.',
          }
        : null,
    mayRetry(error) {
      const code = error?.code
      // The file may be back, or memory may be free again.
      if (code === 'model-missing' || code === 'out-of-memory') return true
      return code === 'host-crashed' && now() - lastAt > retryAfterMs
    },
  }
}
