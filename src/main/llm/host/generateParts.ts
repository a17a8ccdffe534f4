import type { AnswerPart } from '../../../shared/domain/template/answerParts.ts'
import { isCancelled } from '../../../shared/errors.ts'
import type { Engine } from './engine.ts'
import type { GenerateItem, GenerateOptions, Prompt } from './llmContract.ts'
import { prefill } from './prefill.ts'
import { tokenizePrompt } from './rendering.ts'
import { createWalk } from './walk.ts'
import { writeParts, type Writing } from './writeParts.ts'

/**
 * Writes an answer whose format is given in parts, with the likeliest token each time. Fixed text is
 * evaluated together with the tokens before it instead of being generated token by token, and not at
 * all at the end. Aborting ends the stream with what was written.
 */
export async function* generateParts(
  engine: Engine,
  prompt: Prompt,
  parts: readonly AnswerPart[],
  { maxTokens }: Pick<GenerateOptions, 'maxTokens'>,
  signal: AbortSignal,
): AsyncGenerator<GenerateItem> {
  const { sequence } = engine
  const tokens = tokenizePrompt(engine, prompt)
  const start = yield* prefill(engine, tokens, signal)
  const reused = start?.reused ?? sequence.nextTokenIndex
  const writing: Writing = {
    engine,
    walk: createWalk(engine, tokens, signal),
    signal,
    prompt: tokens,
    most: Math.min(maxTokens, sequence.contextSize - 1 - tokens.length),
    written: [],
    answer: '',
    ahead: '',
    stop: start === undefined ? 'aborted' : 'end',
  }
  if (start !== undefined) {
    yield { type: 'prefill', done: tokens.length, total: tokens.length, reused }
  }
  try {
    yield* writeParts(writing, parts)
  } catch (error) {
    if (!isCancelled(error)) throw error
    writing.stop = 'aborted'
  }
  const generated = writing.written.length
  const used = { prompt: tokens.length, reused, generated }
  yield { type: 'done', stop: writing.stop, tokens: used }
}
