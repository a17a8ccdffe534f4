import type { AttentionMeasurement, Reading } from './llmContract.ts'

/**
 * llama.cpp's flash attention processes this many tokens at a time in tiles. Fewer take another
 * path, which is slow if a model's heads are small and the processor's registers wide.
 */
export const blockTokens = 64

/** Numbers of tokens whose prefill is measured. */
export const measuredTokens = {
  /** What a choice adds to the prompt: the first tokens of a quote or label. */
  few: 8,
  /** A row of a template, or a short follow-up. */
  row: 40,
  /** A question with its sources, or a part of it. */
  long: 256,
} as const

/** Used until it is measured: llama.cpp's default. */
export const defaultReading: Reading = { flashAttention: true, refillFrom: null }

/**
 * A typical workload: a question with its sources and answer, and some rows of a template. In
 * tokens and repetitions.
 */
const work = { longTokens: 512, rows: 4, choices: 4, written: 60 }
/**
 * Flash attention takes less memory. It is turned off only if the workload takes less than this
 * share of the time without.
 */
const worthIt = 0.95
/**
 * Likewise, more tokens than needed are evaluated only if that takes less than this share of the
 * time.
 */
const worthRefilling = 0.85

/** The faster configuration; null unless both were measured. */
export function chooseReading(measured: readonly AttentionMeasurement[]): Reading | null {
  const flash = measured.find(({ flashAttention }) => flashAttention)
  const plain = measured.find(({ flashAttention }) => !flashAttention)
  if (flash === undefined || plain === undefined) return null
  const chosen = workMs(plain) < workMs(flash) * worthIt ? plain : flash
  return { flashAttention: chosen.flashAttention, refillFrom: refillFrom(chosen) }
}

/** Milliseconds that the workload takes. */
function workMs(one: AttentionMeasurement): number {
  const from = refillFrom(one)
  const short = (tokens: number, ms: number): number =>
    from === null || tokens < from ? ms : Math.min(ms, one.block)
  return (
    (one.long * work.longTokens) / measuredTokens.long +
    work.rows * short(measuredTokens.row, one.row) +
    work.choices * short(measuredTokens.few, one.few) +
    work.written * one.one
  )
}

/** The number of tokens from which on a whole block is faster; null if it never is. */
function refillFrom({ few, row, block }: AttentionMeasurement): number | null {
  const enough = block / worthRefilling
  const msPerToken = (row - few) / (measuredTokens.row - measuredTokens.few)
  if (row <= enough || msPerToken <= 0) return null
  // Linear interpolation between the two measurements.
  return Math.max(2, Math.ceil(measuredTokens.few + (enough - few) / msPerToken))
}

/** The most tokens to evaluate at once. */
export function mostAtOnce({ flashAttention }: Reading): number {
  // Without flash attention the whole matrix of attention scores is stored: more tokens at once
  // take more memory and aren't faster.
  return flashAttention ? 512 : blockTokens
}
