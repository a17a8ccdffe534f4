import type { Calibration } from './calibration.ts'
import type { LoadInput, LoadItem } from './host/llmContract.ts'
import type { LlmInfo, LoadOptions, LoadProgress } from './llm.ts'
import type { LlmConnection } from './llmConnection.ts'
import { modelFileSize } from './modelFile.ts'
import type { Patience } from './patience.ts'

export interface LoadDeps {
  readonly connection: LlmConnection
  /** Where the best number of threads of each model is remembered. */
  readonly calibration: Calibration
  readonly patience: Patience
}

type Ready = Extract<LoadItem, { stage: 'ready' }>

/**
 * Loads a model into a process that has none.
 *
 * @throws AppError `host-crashed`, `cancelled`, and what the process says.
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
    // Half a model is of no use to anyone, and a native load may not hear that it was stopped.
    const reason = connection.explain(error)
    connection.kill()
    throw reason
  }
}

/** @returns threads of null: to be measured, and how to read as well. */
async function calibrationFor(
  { file, gpu, threads, measure }: LoadOptions,
  calibration: Calibration,
): Promise<Pick<LoadInput, 'threads' | 'reading'>> {
  const unknown = { threads: null, reading: null }
  if (measure === true) return unknown
  const found = await calibration.find(file, gpu)
  const reading = found?.reading ?? null
  if (threads !== null) return { threads: { prefill: threads, generation: threads }, reading }
  // What was remembered before the way of reading was measured.
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
