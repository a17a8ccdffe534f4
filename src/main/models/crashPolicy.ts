import type { ModelState } from '../../shared/contract/models.ts'

/** Milliseconds to wait before the model is loaded again after n crashes in a row. */
const waitsMs = [0, 1_000, 5_000]
/** A model that has run so long has recovered from what happened before. */
const recoveredAfterMs = 60_000
/** After giving up, a question may try again when so much time has passed. */
const retryAfterMs = 30_000

/** What to do after crashes of the language model's process. */
export interface CrashPolicy {
  /** Counts a crash of a loaded model. */
  crashed(onGpu: boolean): { readonly again: boolean; readonly waitMs: number }
  /** A crash while loading with the graphics card. */
  blameGpu(): void
  gpuFailed(): boolean
  /** What a person should know about the model that runs now. */
  notice(): ModelState['error']
  /** Whether a model that could not be loaded should be tried again for a question. */
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
      // The file may be back, or the memory free.
      if (code === 'model-missing' || code === 'out-of-memory') return true
      return code === 'host-crashed' && now() - lastAt > retryAfterMs
    },
  }
}
