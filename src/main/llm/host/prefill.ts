import type { Token } from 'node-llama-cpp'
import { AppError } from '../../../shared/errors.ts'
import { useThreads, type Engine } from './engine.ts'
import type { PrefillItem } from './llmContract.ts'
import { blockTokens, mostAtOnce } from './reading.ts'
import { commonLength } from './rendering.ts'

/**
 * Tokens per slice. With smaller slices Stop takes effect sooner; larger ones are faster per token.
 * Fewer than 64 tokens take llama.cpp about as long as 64.
 */
const sliceSizes = { first: blockTokens, least: blockTokens }
/** Milliseconds that a slice should take. */
const sliceMs = 400

export interface Prefilled {
  /** The last tokens of the prompt, at least one: evaluated together with the first request. */
  readonly rest: readonly Token[]
  /** Tokens that were in the KV cache. A few of them may be evaluated again if that is faster. */
  readonly reused: number
}

/**
 * Evaluates a prompt up to its last few tokens. Tokens in the KV cache are reused and the rest is
 * evaluated in slices, so that progress is real and aborting is quick.
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
 * The tokens that still have to be evaluated, at least the last one. If a whole block is faster
 * than a few tokens, tokens are removed from the KV cache to make it a block.
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
 * Removes from the KV cache what differs from `tokens`, and always the last token, since the next
 * token's logits result from evaluating it.
 *
 * @returns the number of tokens in the KV cache.
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
