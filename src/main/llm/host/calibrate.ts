import { createContext, defaultThreads, sequenceOf, type Engine, type OpenModel } from './engine.ts'
import type { AttentionMeasurement, ThreadMeasurement } from './llmContract.ts'
import { measureAttention, measuringContext } from './measureAttention.ts'
import { chooseReading, defaultReading } from './reading.ts'
import { bestThreads, measureThreads, threadCountsToTry } from './threads.ts'

/** The fastest configuration of a model on this computer, and its measurements. */
export interface Calibrated extends Pick<Engine, 'threads' | 'reading'> {
  readonly measured: readonly ThreadMeasurement[]
  readonly attention: readonly AttentionMeasurement[]
}

/**
 * Measures the fastest configuration for prefill and generation. Uses small contexts, which are
 * disposed of before the working context is created.
 *
 * @param onFraction receives the progress, 0 to 1.
 * @throws AppError `out-of-memory`, `cancelled`.
 */
export async function calibrate(
  open: OpenModel,
  onFraction: (fraction: number) => void,
  signal: AbortSignal,
): Promise<Calibrated> {
  const contexts = await createContexts(open, signal)
  try {
    const [flash, plain] = contexts.map((context) => ({ ...open, sequence: sequenceOf(context) }))
    if (flash === undefined) throw new Error('There is nothing to measure')
    // On a graphics card the number of threads hardly matters: one count suffices to measure the
    // speed.
    const counts = open.gpu ? [defaultThreads().generation] : threadCountsToTry(open)
    const measured = await measureThreads(flash, counts, (done) => onFraction(done / 2), signal)
    const threads = bestThreads(measured) ?? defaultThreads()
    const found = { threads, reading: defaultReading, measured, attention: [] }
    if (plain === undefined) return found
    const onAttention = (done: number): void => onFraction(0.5 + done / 2)
    const sides = { flash, plain }
    const attention = await measureAttention(sides, threads.prefill, onAttention, signal)
    const reading = chooseReading(attention) ?? defaultReading
    if (reading.flashAttention) return { ...found, reading, attention }
    // The rates are shown to users, so measure them again with the chosen configuration.
    const chosen = [...new Set([threads.prefill, threads.generation])]
    const again = await measureThreads(plain, chosen, () => undefined, signal)
    return { threads, reading, measured: again, attention }
  } finally {
    for (const context of contexts) await context.dispose()
  }
}

/**
 * One context with flash attention, and one without if both are possible and the context is long
 * enough to measure.
 */
async function createContexts(open: OpenModel, signal: AbortSignal) {
  const trained = open.facts.contextLength ?? measuringContext
  const size = Math.min(measuringContext, trained)
  const sides = open.gpu || size < measuringContext ? [true] : [true, false]
  const contexts = []
  try {
    for (const flashAttention of sides) {
      const reading = { ...defaultReading, flashAttention }
      contexts.push(await createContext(open, size, reading, signal))
    }
    return contexts
  } catch (error) {
    for (const context of contexts) await context.dispose()
    throw error
  }
}
