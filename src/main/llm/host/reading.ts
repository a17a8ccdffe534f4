import type { AttentionMeasurement, Reading } from './llmContract.ts'

/**
 * llama.cpp's flash attention reads so many tokens at a time in tiles. Fewer go another way, which is
 * slow where the heads of a model are small and the processor's registers wide.
 */
export const blockTokens = 64

/** Numbers of tokens whose reading is measured. */
export const measuredTokens = {
  /** What a choice adds to what was read: the beginning of a quote, of a label. */
  few: 8,
  /** A row of a template, or a short follow-up. */
  row: 40,
  /** A question with its sources, or a part of it. */
  long: 256,
} as const

/** Until something is measured: what llama.cpp does by itself. */
export const defaultReading: Reading = { flashAttention: true, refillFrom: null }

/**
 * A piece of everyday work: a question with its sources and its answer, and some rows of a template.
 * Tokens, and how often.
 */
const work = { longTokens: 512, rows: 4, choices: 4, written: 60 }
/** Flash attention takes less memory. It is given up only where the work takes so much less without. */
const worthIt = 0.95
/** Likewise, more tokens than needed are only read where that is so much faster. */
const worthRefilling = 0.85

/** How to read with a model whose attention was measured both ways; null if it was not. */
export function chooseReading(measured: readonly AttentionMeasurement[]): Reading | null {
  const flash = measured.find(({ flashAttention }) => flashAttention)
  const plain = measured.find(({ flashAttention }) => !flashAttention)
  if (flash === undefined || plain === undefined) return null
  const chosen = workMs(plain) < workMs(flash) * worthIt ? plain : flash
  return { flashAttention: chosen.flashAttention, refillFrom: refillFrom(chosen) }
}

/** Milliseconds that the everyday work takes. */
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

/** From how many tokens on a whole block is read faster than they are; null where that was not measured. */
function refillFrom({ few, row, block }: AttentionMeasurement): number | null {
  const enough = block / worthRefilling
  const msPerToken = (row - few) / (measuredTokens.row - measuredTokens.few)
  if (row <= enough || msPerToken <= 0) return null
  // In between each token takes about the same time.
  return Math.max(2, Math.ceil(measuredTokens.few + (enough - few) / msPerToken))
}

/** How many tokens to read at once, at most. */
export function mostAtOnce({ flashAttention }: Reading): number {
  // Without flash attention every token's score against every other is kept: more at once take more
  // memory, and soon no less time.
  return flashAttention ? 512 : blockTokens
}
