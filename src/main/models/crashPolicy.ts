import type { ModelState } from '../../shared/contract/models.ts'

/** Milliseconds to wait before the model is loaded again after n crashes in a row. */
const waitsMs = [0, 1_000, 5_000]
/** Milliseconds without a crash after which the count of crashes is reset. */
const recoveredAfterMs = 60_000
/** After giving up, a question tries again after this many milliseconds. */
const retryAfterMs = 30_000

/** What to do after crashes of the language model's process. */
export interface CrashPolicy {
  /** Counts a crash of a loaded model, and decides whether and when to load it again. */
  crashed(onGpu: boolean): { readonly again: boolean; readonly waitMs: number }
  /** Records a crash while loading on the graphics card. */
  blameGpu(): void
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
      const waitMs = waitsMs[inARow - 1]
      return { again: waitMs !== undefined, waitMs: waitMs ?? 0 }
    },
    blameGpu() {
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
