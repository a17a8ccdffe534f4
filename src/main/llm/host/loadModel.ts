import { createAsyncQueue } from '../../../shared/rpc/asyncQueue.ts'
import {
  closeEngine,
  defaultThreads,
  openEngine,
  type Engine,
  type EngineEvents,
} from './engine.ts'
import type { LoadInput, LoadItem } from './llmContract.ts'
import { bestThreads, measureThreads, threadCountsToTry } from './threads.ts'

/**
 * Loads a model and measures its threads, telling how far it is.
 *
 * @param keep takes the model once it is ready to answer.
 */
export function loadModel(
  input: LoadInput,
  keep: (engine: Engine) => void,
  events: EngineEvents,
  signal: AbortSignal,
): AsyncIterable<LoadItem> {
  const items = createAsyncQueue<LoadItem>(() => undefined)
  load(input, items.push, events, signal).then(
    ({ engine, ready }) => {
      keep(engine)
      items.push(ready)
      items.end()
    },
    (error: unknown) => items.fail(error),
  )
  return { [Symbol.asyncIterator]: () => items.iterator }
}

async function load(
  input: LoadInput,
  tell: (item: LoadItem) => void,
  events: EngineEvents,
  signal: AbortSignal,
): Promise<{ engine: Engine; ready: LoadItem }> {
  let told = -1
  const onFraction = (fraction: number): void => {
    const percent = Math.floor(fraction * 100)
    if (percent === told) return
    told = percent
    tell({ stage: 'loading', fraction })
  }
  const engine = await openEngine(input, onFraction, events, signal)
  try {
    const gpu = engine.llama.gpu !== false && engine.model.gpuLayers > 0
    const measure = input.threads === null
    // On a graphics card the processor's threads hardly matter: one count tells how fast it is.
    const counts = gpu ? [defaultThreads().generation] : threadCountsToTry(engine)
    const onMeasured = (done: number): void => tell({ stage: 'measuring', fraction: done })
    const measured = measure ? await measureThreads(engine, counts, onMeasured, signal) : []
    engine.threads = input.threads ?? bestThreads(measured) ?? defaultThreads()
    const ready: LoadItem = {
      stage: 'ready',
      name: engine.facts.name,
      architecture: engine.facts.architecture,
      contextSize: engine.context.contextSize,
      contextWanted: engine.contextWanted,
      gpu,
      threads: engine.threads,
      measured,
    }
    return { engine, ready }
  } catch (error) {
    await closeEngine(engine)
    throw error
  }
}
