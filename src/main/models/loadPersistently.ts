import { AppError } from '../../shared/errors.ts'
import type { Llm, LlmInfo, LoadOptions, LoadProgress } from '../llm/llm.ts'

export interface LoadListener {
  readonly onProgress: (progress: LoadProgress) => void
  /** It crashed and is loaded once more. @param gpu whether on the graphics card. */
  readonly onCrash: (error: AppError, gpu: boolean) => void
}

/** A model that crashed while it was loaded is tried so often on the processor. */
const mostLoads = 2

/**
 * Loads a model, once more if that crashes, and then on the processor.
 *
 * @throws AppError what `Llm.load` throws; `host-crashed` if it crashes every time.
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
