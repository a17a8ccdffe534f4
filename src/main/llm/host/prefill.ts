import type { Token } from 'node-llama-cpp'
import { AppError } from '../../../shared/errors.ts'
import { useThreads, type Engine } from './engine.ts'
import type { PrefillItem } from './llmContract.ts'
import { blockTokens, mostAtOnce } from './reading.ts'
import { commonLength } from './rendering.ts'

/**
 * Tokens a slice. The smaller, the sooner Stop takes effect; the larger, the faster per token: below
 * 64 llama.cpp takes about as long as for 64.
 */
const sliceSizes = { first: blockTokens, least: blockTokens }
/** Milliseconds that a slice should take. */
const sliceMs = 400

export interface Prefilled {
  /** The last tokens of the prompt, at least one: they are evaluated together with what is asked of them. */
  readonly rest: readonly Token[]
  /** Tokens that were there already. A few of them may be read again where that is faster. */
  readonly reused: number
}

/**
 * Brings the sequence to the point before the last few tokens of a prompt. What it holds already is
 * kept and the rest evaluated in slices, so that progress is real and aborting is quick.
 *
 * @returns undefined if the signal was aborted.
 * @throws AppError `prompt-too-long` before anything is evaluated.
 */
export async function* prefill(
  engine: Engine,
  tokens: readonly Token[],
  signal: AbortSignal,
): AsyncGenerator<PrefillItem, Prefilled | undefined> {
  checkLength(engine, tokens.length)
  const { sequence } = engine
  useThreads(engine, engine.threads.prefill)
  const reused = await rewind(engine, tokens)
  const total = tokens.length
  const most = mostAtOnce(engine.reading)
  let slice = sliceSizes.first
  let done = reused
  yield { type: 'prefill', done, total, reused }
  while (total - done > slice) {
    if (signal.aborted) return undefined
    const started = performance.now()
    await sequence.evaluateWithoutGeneratingNewTokens(tokens.slice(done, done + slice))
    engine.beat()
    done += slice
    yield { type: 'prefill', done, total, reused }
    slice = nextSlice(slice, performance.now() - started, most)
  }
  if (signal.aborted) return undefined
  return { rest: await missingOf(engine, tokens), reused }
}

/**
 * What is still to be read of tokens, at least the last one. Where a whole block is read faster than
 * a few tokens, it is a block: the sequence takes back so many of those that it holds.
 */
export async function missingOf(engine: Engine, tokens: readonly Token[]): Promise<Token[]> {
  const { sequence, reading } = engine
  const held = await rewind(engine, tokens)
  const missing = tokens.length - held
  const { refillFrom } = reading
  if (refillFrom === null || missing < refillFrom || missing >= blockTokens) {
    return tokens.slice(held)
  }
  const start = Math.max(0, tokens.length - blockTokens)
  if (start < held) await sequence.eraseContextTokenRanges([{ start, end: held }])
  return tokens.slice(sequence.nextTokenIndex)
}

/**
 * Takes back what the sequence holds beyond the beginning that it shares with `tokens`, and always
 * the last token, since only evaluating it tells what comes next.
 *
 * @returns how many tokens are still there.
 */
export async function rewind({ sequence }: Engine, tokens: readonly Token[]): Promise<number> {
  const keep = Math.min(commonLength(sequence.contextTokens, tokens), tokens.length - 1)
  const end = sequence.nextTokenIndex
  if (keep < end) await sequence.eraseContextTokenRanges([{ start: keep, end }])
  return sequence.nextTokenIndex
}

/** Tokens that may still be evaluated; one more would make node-llama-cpp drop the beginning. */
export function room({ sequence }: Engine): number {
  return sequence.contextSize - 1 - sequence.nextTokenIndex
}

function checkLength({ sequence }: Engine, length: number): void {
  const most = sequence.contextSize - 1
  if (length <= most) return
  throw new AppError(
    'prompt-too-long',
    `The question with its sources takes ${String(length)} tokens, and this model reads at most ${String(most)}. Ask with fewer passages or a shorter question.`,
  )
}

function nextSlice(slice: number, ms: number, most: number): number {
  const fitting = (slice * sliceMs) / Math.max(ms, 1)
  // Whole multiples: llama.cpp's matrix kernels work in blocks.
  const blocks = Math.round(fitting / sliceSizes.least) * sliceSizes.least
  return Math.min(most, Math.max(sliceSizes.least, blocks))
}
