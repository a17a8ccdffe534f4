import type { Calibration } from './calibration.ts'
import type { LoadInput, LoadItem } from './host/llmContract.ts'
import type { LlmInfo, LoadOptions, LoadProgress } from './llm.ts'
import type { LlmConnection } from './llmConnection.ts'
import { modelFileSize } from './modelFile.ts'
import type { Patience } from './patience.ts'

export interface LoadDeps {
  readonly connection: LlmConnection
  /** Stored measurements. */
  readonly calibration: Calibration
  readonly patience: Patience
}

type Ready = Extract<LoadItem, { stage: 'ready' }>

/**
 * Loads a model into a process without one.
 *
 * @throws AppError `host-crashed`, `cancelled`, and errors of the process.
 */
export async function loadModel(
  options: LoadOptions,
  { connection, calibration, patience }: LoadDeps,
  onProgress: (progress: LoadProgress) => void,
  signal: AbortSignal | undefined,
): Promise<LlmInfo> {
  const { file, contextSize, gpu } = options
  const sizeBytes = await modelFileSize(file)
  const known = await calibrationFor(options, calibration)
  await connection.waitToStart(signal)
  try {
    connection.limitSilence(patience.loading(sizeBytes, gpu))
    const client = connection.start()
    const items = client.llm.load({ file, contextSize, gpu, ...known }, { signal })
    const ready = await connection.watchWork(follow(items, onProgress))
    connection.limitSilence(patience.working(sizeBytes))
    if (ready.measured.length > 0) {
      const { threads, reading, measured, attention } = ready
      const entry = { threads, reading, measured: [...measured], attention: [...attention] }
      await calibration.set(file, ready.gpu, entry)
    }
    connection.loaded(client)
    return toInfo(file, ready)
  } catch (error) {
    // A partly loaded model is useless, and native loading may not react to the abort: kill the
    // process.
    const reason = connection.explain(error)
    connection.kill()
    throw reason
  }
}

/** @returns `threads` is null if it has to be measured, together with `reading`. */
async function calibrationFor(
  { file, gpu, threads, measure }: LoadOptions,
  calibration: Calibration,
): Promise<Pick<LoadInput, 'threads' | 'reading'>> {
  const unknown = { threads: null, reading: null }
  if (measure === true) return unknown
  const found = await calibration.find(file, gpu)
  const reading = found?.reading ?? null
  if (threads !== null) return { threads: { prefill: threads, generation: threads }, reading }
  // An entry from before `reading` was measured.
  if (found?.reading === undefined) return unknown
  return { threads: found.threads, reading }
}

async function follow(
  items: AsyncIterable<LoadItem>,
  onProgress: (progress: LoadProgress) => void,
): Promise<Ready> {
  for await (const item of items) {
    if (item.stage === 'ready') return item
    onProgress(item)
  }
  throw new Error('Loading ended without a model')
}

function toInfo(file: string, ready: Ready): LlmInfo {
  const { name, architecture, contextSize, contextWanted, gpu, threads } = ready
  return {
    file,
    name,
    architecture,
    contextSize,
    contextWanted,
    threads: Math.max(threads.prefill, threads.generation),
    gpu,
  }
}
