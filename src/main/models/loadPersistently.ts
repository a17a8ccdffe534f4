import { AppError } from '../../shared/errors.ts'
import type { Llm, LlmInfo, LoadOptions, LoadProgress } from '../llm/llm.ts'

export interface LoadListener {
  readonly onProgress: (progress: LoadProgress) => void
  /**
   * Called when loading crashed and is repeated. @param gpu whether it ran on the graphics card.
   */
  readonly onCrash: (error: AppError, gpu: boolean) => void
}

/** Number of attempts on the processor after crashes. */
const mostLoads = 2

/**
 * Loads a model. After a crash on the graphics card continues on the processor, where it tries up
 * to `mostLoads` times.
 *
 * @throws AppError errors of `Llm.load`; `host-crashed` if it crashes every time.
 */
export async function loadPersistently(
  llm: Pick<Llm, 'load'>,
  options: LoadOptions,
  { onProgress, onCrash }: LoadListener,
  signal: AbortSignal,
): Promise<LlmInfo> {
  let { gpu } = options
  for (let loads = 1; ;) {
    try {
      return await llm.load({ ...options, gpu }, onProgress, signal)
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'host-crashed') throw error
      if (signal.aborted || (!gpu && loads === mostLoads)) throw error
      onCrash(error, gpu)
      if (!gpu) loads += 1
      gpu = false
    }
  }
}
