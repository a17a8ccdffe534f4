import os from 'node:os'
import type { Token } from 'node-llama-cpp'
import { throwIfAborted } from '../../../shared/errors.ts'
import { useThreads, type Engine, type Measurable } from './engine.ts'
import type { ThreadCounts, ThreadMeasurement } from './llmContract.ts'
import { blockTokens } from './reading.ts'

const leastGenerated = 2
/** Target duration of one measurement of generation, in milliseconds. */
const generationMs = 250
/** The best of this many rounds counts, since other programs may occupy the cores for a while. */
const rounds = 2
/**
 * A count below this share of the best speed in both prefill and generation isn't measured again.
 */
const hopeless = 0.6
/**
 * Fewer threads are preferred if their speed is at least this share of the best: that leaves cores
 * to the app.
 */
const nearlyAsFast = 0.96

/**
 * Measures prefill and generation with different numbers of threads, in a few seconds. Never more
 * threads than cores, which can be a hundred times slower.
 *
 * @param counts the numbers of threads to try.
 * @param onFraction receives the progress, 0 to 1.
 * @throws AppError `cancelled`.
 */
export async function measureThreads(
  engine: Measurable,
  counts: readonly number[],
  onFraction: (fraction: number) => void,
  signal: AbortSignal,
): Promise<readonly ThreadMeasurement[]> {
  onFraction(0)
  await touchWeights(engine, signal)
  const best = new Map<number, ThreadMeasurement>()
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, threads] of counts.entries()) {
      onFraction((round * counts.length + index) / (rounds * counts.length))
      if (isHopeless(best.get(threads), [...best.values()])) continue
      const now = await measureOnce(engine, threads, signal)
      const before = best.get(threads) ?? now
      best.set(threads, {
        threads,
        prefill: Math.max(before.prefill, now.prefill),
        generation: Math.max(before.generation, now.generation),
      })
    }
  }
  await engine.sequence.clearHistory()
  return [...best.values()]
}

/** The thread counts to try on this computer's processor. */
export function threadCountsToTry({ llama }: Pick<Engine, 'llama'>): readonly number[] {
  return candidateCounts(os.availableParallelism(), llama.cpuMathCores)
}

/** The thread counts to try, ascending: all up to four, then fractions of the cores. */
export function candidateCounts(available: number, physical: number): readonly number[] {
  const cores = Math.max(1, Math.min(available, physical))
  if (cores <= 4) return Array.from({ length: cores }, (_, index) => index + 1)
  const counts = [cores / 4, cores / 2, (cores * 3) / 4, cores - 1, cores].map(Math.floor)
  return [...new Set(counts)]
}

/** The best counts for prefill and for generation; fewer if the difference is small. */
export function bestThreads(measured: readonly ThreadMeasurement[]): ThreadCounts | null {
  const prefill = pick(measured, (one) => one.prefill)
  const generation = pick(measured, (one) => one.generation)
  return prefill === undefined || generation === undefined ? null : { prefill, generation }
}

function pick(
  measured: readonly ThreadMeasurement[],
  rate: (one: ThreadMeasurement) => number,
): number | undefined {
  const best = Math.max(...measured.map(rate))
  return measured
    .filter((one) => rate(one) >= best * nearlyAsFast)
    .map((one) => one.threads)
    .sort((a, b) => a - b)[0]
}

function isHopeless(
  one: ThreadMeasurement | undefined,
  all: readonly ThreadMeasurement[],
): boolean {
  if (one === undefined) return false
  const prefill = Math.max(...all.map((other) => other.prefill))
  const generation = Math.max(...all.map((other) => other.generation))
  return one.prefill < prefill * hopeless && one.generation < generation * hopeless
}

/** Evaluates a token first, which loads the mapped file into memory: that shouldn't be measured. */
async function touchWeights(engine: Measurable, signal: AbortSignal): Promise<void> {
  useThreads(engine, 1)
  await engine.sequence.evaluateWithoutGeneratingNewTokens(textTokens(engine, 1))
  engine.beat()
  throwIfAborted(signal)
}

async function measureOnce(
  engine: Measurable,
  threads: number,
  signal: AbortSignal,
): Promise<ThreadMeasurement> {
  const { sequence } = engine
  useThreads(engine, threads)
  // A whole block, which is enough to keep every core busy.
  const tokens = textTokens(engine, blockTokens)
  await sequence.clearHistory()
  throwIfAborted(signal)
  const started = performance.now()
  await sequence.evaluateWithoutGeneratingNewTokens(tokens)
  engine.beat()
  throwIfAborted(signal)
  const read = performance.now()
  const most = Math.min(64, sequence.contextSize - tokens.length - 1)
  let generated = 0
  while (generated < most) {
    const last = tokens[generated % tokens.length]
    if (last === undefined) break
    await sequence.controlledEvaluate([[last, { generateNext: { token: true } }]])
    engine.beat()
    generated += 1
    throwIfAborted(signal)
    if (generated >= leastGenerated && performance.now() - read > generationMs) break
  }
  const written = performance.now()
  return {
    threads,
    prefill: (tokens.length * 1000) / (read - started),
    generation: (generated * 1000) / (written - read),
  }
}

/** Tokens of some text; its content doesn't affect the time. */
export function textTokens({ model }: Pick<Engine, 'model'>, count: number): Token[] {
  const sentence = model.tokenize('The quick brown fox jumps over the lazy dog. ', false)
  return Array.from({ length: count }, (_, index) => sentence[index % sentence.length]).filter(
    (token) => token !== undefined,
  )
}
