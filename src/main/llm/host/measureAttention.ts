import type { Llama, LlamaContextSequence } from 'node-llama-cpp'
import { throwIfAborted } from '../../../shared/errors.ts'
import { useThreads, type Measurable } from './engine.ts'
import type { AttentionMeasurement } from './llmContract.ts'
import { blockTokens, measuredTokens } from './reading.ts'
import { textTokens } from './threads.ts'

/** Context size that a measurement needs, in tokens. */
export const measuringContext = 512
/** Tokens that are generated one by one. */
const written = 8

/** The best of this many rounds counts, since other programs may occupy the cores for a while. */
const mostRounds = 5
/** Milliseconds after which no further round starts. */
const enoughMs = 1_500
/**
 * If evaluating a block takes longer than this (milliseconds), measurements use fewer cached
 * tokens.
 */
const slowMs = 1_500

/**
 * Measures prefill and generation with and without flash attention, each with some tokens in the KV
 * cache.
 *
 * @param sides one model with flash attention and one without, with contexts of `measuringContext`
 * tokens.
 * @param threads number of threads to measure with.
 * @param onFraction receives the progress, 0 to 1.
 * @throws AppError `cancelled`.
 */
export async function measureAttention(
  sides: { readonly flash: Measurable; readonly plain: Measurable },
  threads: number,
  onFraction: (fraction: number) => void,
  signal: AbortSignal,
): Promise<readonly AttentionMeasurement[]> {
  onFraction(0)
  useThreads(sides.flash, threads)
  const started = performance.now()
  const isSlow = (await readMs(sides.flash, blockTokens, blockTokens, signal)) > slowMs
  // Tokens in the KV cache during a measurement.
  const cached = isSlow ? blockTokens : measuredTokens.long
  const both = [
    { flashAttention: true, side: sides.flash, atOnce: cached },
    { flashAttention: false, side: sides.plain, atOnce: blockTokens },
  ]
  const best = new Map<boolean, AttentionMeasurement>()
  for (let round = 0; round < mostRounds; round += 1) {
    if (round > 0 && performance.now() - started > enoughMs) break
    for (const [index, { flashAttention, side, atOnce }] of both.entries()) {
      onFraction((round * both.length + index) / (mostRounds * both.length))
      const now = { flashAttention, ...(await measureOnce(side, cached, atOnce, signal)) }
      best.set(flashAttention, fasterOf(best.get(flashAttention) ?? now, now))
    }
  }
  return [...best.values()]
}

type Times = Omit<AttentionMeasurement, 'flashAttention'>

async function measureOnce(
  side: Measurable,
  cached: number,
  atOnce: number,
  signal: AbortSignal,
): Promise<Times> {
  const { sequence, llama } = side
  await sequence.clearHistory()
  const long = ((await readMs(side, cached, atOnce, signal)) * measuredTokens.long) / cached
  const ms: number[] = []
  for (const tokens of [blockTokens, measuredTokens.row, measuredTokens.few]) {
    ms.push(await readMs(side, tokens, tokens, signal))
    await takeBack(sequence, cached)
  }
  const [block = 0, row = 0, few = 0] = ms
  const started = cpuMs(llama)
  for (const token of textTokens(side, written)) {
    await sequence.controlledEvaluate([[token, { generateNext: { token: true } }]])
    side.beat()
    throwIfAborted(signal)
  }
  return { long, block, row, few, one: (cpuMs(llama) - started) / written }
}

async function readMs(
  side: Measurable,
  tokens: number,
  atOnce: number,
  signal: AbortSignal,
): Promise<number> {
  const text = textTokens(side, tokens)
  const started = cpuMs(side.llama)
  for (let from = 0; from < tokens; from += atOnce) {
    await side.sequence.evaluateWithoutGeneratingNewTokens(text.slice(from, from + atOnce))
    side.beat()
    throwIfAborted(signal)
  }
  return cpuMs(side.llama) - started
}

/**
 * CPU time of this process per thread, in milliseconds. Unlike the clock it doesn't advance while
 * other programs occupy the cores, which would distort the comparison.
 */
function cpuMs({ maxThreads }: Llama): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1_000 / maxThreads
}

async function takeBack(sequence: LlamaContextSequence, tokens: number): Promise<void> {
  await sequence.eraseContextTokenRanges([{ start: tokens, end: sequence.nextTokenIndex }])
}

function fasterOf(one: AttentionMeasurement, other: AttentionMeasurement): AttentionMeasurement {
  return {
    flashAttention: one.flashAttention,
    long: Math.min(one.long, other.long),
    block: Math.min(one.block, other.block),
    row: Math.min(one.row, other.row),
    few: Math.min(one.few, other.few),
    one: Math.min(one.one, other.one),
  }
}
