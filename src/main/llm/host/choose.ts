import { AppError, isCancelled } from '../../../shared/errors.ts'
import { chooseLines } from './chooseLines.ts'
import type { Engine } from './engine.ts'
import type { ChooseItem, ChooseOptions, Prompt } from './llmContract.ts'
import { prefill } from './prefill.ts'
import { tokenizePrompt } from './rendering.ts'
import { createWalk } from './walk.ts'

type Done = Extract<ChooseItem, { type: 'done' }>

/**
 * Answers with whole candidate lines. The model is asked only where candidates differ, and only
 * about the tokens that continue one: the same as a grammar of exactly these lines, without the
 * cost of tokens that are fixed.
 */
export async function* choose(
  engine: Engine,
  prompt: Prompt,
  candidates: readonly string[],
  options: ChooseOptions,
  signal: AbortSignal,
): AsyncGenerator<ChooseItem> {
  if (candidates.length === 0 || candidates.includes('')) {
    throw new AppError('invalid-input', 'There is nothing to choose from.')
  }
  const tokens = tokenizePrompt(engine, prompt)
  if (new Set(candidates).size === 1) {
    yield* certain(candidates.length, tokens.length)
    return
  }
  const start = yield* prefill(engine, tokens, signal)
  const reused = start?.reused ?? engine.sequence.nextTokenIndex
  const walk = createWalk(engine, tokens, signal)
  const probabilities = candidates.map(() => 0)
  let stop: Done['stop'] = start === undefined ? 'aborted' : 'end'
  try {
    const total = tokens.length
    const prefilled = { type: 'prefill', done: total, total, reused } as const
    const choosing = { engine, walk, candidates, options, probabilities, prefilled }
    if (start !== undefined) yield* chooseLines(choosing)
  } catch (error) {
    if (!isCancelled(error)) throw error
    stop = 'aborted'
  }
  shareRest(probabilities, candidates)
  const generated = walk.evaluated()
  yield { type: 'done', probabilities, stop, tokens: { prompt: tokens.length, reused, generated } }
}

/** With a single candidate nothing is asked: no token of the prompt is evaluated. */
function* certain(candidates: number, prompt: number): Generator<ChooseItem> {
  yield { type: 'choice', candidate: 0 }
  const probabilities = Array.from({ length: candidates }, (_, index) => (index === 0 ? 1 : 0))
  yield {
    type: 'done',
    probabilities,
    stop: 'end',
    tokens: { prompt, reused: prompt, generated: 0 },
  }
}

/** Shares the remaining probability among candidates without one; equal texts count once. */
function shareRest(probabilities: number[], candidates: readonly string[]): void {
  // The sum of what was found may be rounded up.
  const rest = Math.max(0, 1 - probabilities.reduce((sum, one) => sum + one, 0))
  const open = [...candidates.keys()].filter(
    (index) => probabilities[index] === 0 && candidates.indexOf(candidates[index] ?? '') === index,
  )
  for (const index of open) probabilities[index] = rest / open.length
}
