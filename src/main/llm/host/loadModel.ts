import { createAsyncQueue } from '../../../shared/rpc/asyncQueue.ts'
import { calibrate, type Calibrated } from './calibrate.ts'
import {
  closeModel,
  openEngine,
  openModel,
  type Engine,
  type EngineEvents,
  type OpenModel,
} from './engine.ts'
import type { LoadInput, LoadItem } from './llmContract.ts'
import { defaultReading } from './reading.ts'

/**
 * Loads a model, measures its fastest configuration if asked to, and reports progress.
 *
 * @param keep receives the model once it is ready to answer.
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
  const open = await openModel(input, onFraction, events, signal)
  try {
    const onMeasured = (done: number): void => tell({ stage: 'measuring', fraction: done })
    const found = await settle(open, input, onMeasured, signal)
    const engine = await openEngine(open, input.contextSize, found, signal)
    const ready: LoadItem = {
      stage: 'ready',
      name: open.facts.name,
      architecture: open.facts.architecture,
      contextSize: engine.context.contextSize,
      contextWanted: engine.contextWanted,
      gpu: open.gpu,
      threads: found.threads,
      reading: open.gpu ? null : found.reading,
      measured: found.measured,
      attention: found.attention,
    }
    return { engine, ready }
  } catch (error) {
    await closeModel(open)
    throw error
  }
}

/** The given configuration, or the measured one, or the defaults. */
async function settle(
  open: OpenModel,
  { threads, reading }: LoadInput,
  onMeasured: (fraction: number) => void,
  signal: AbortSignal,
): Promise<Calibrated> {
  const known = { reading: reading ?? defaultReading, measured: [], attention: [] }
  return threads === null ? calibrate(open, onMeasured, signal) : { ...known, threads }
}
