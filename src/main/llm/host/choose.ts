import { AppError, isCancelled } from '../../../shared/errors.ts'
import { buildTrie, leavesByProbability } from './candidateTrie.ts'
import type { Engine } from './engine.ts'
import type { ChooseItem, ChooseOptions, Prompt } from './llmContract.ts'
import { prefill } from './prefill.ts'
import { tokenizeAnswer, tokenizePrompt } from './rendering.ts'
import { createWalk } from './walk.ts'

type Done = Extract<ChooseItem, { type: 'done' }>

/** When so little is left, the candidates that were not looked at share it evenly. */
const negligible = 0.001

/**
 * Answers with whole candidate lines. The model is asked only where they part, and only about the
 * tokens with which they go on: the same as a grammar of exactly these lines, but what is certain
 * costs nothing.
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
    if (start !== undefined) yield* chooseLines()
  } catch (error) {
    if (!isCancelled(error)) throw error
    stop = 'aborted'
  }
  shareRest(probabilities, candidates)
  const generated = walk.evaluated()
  yield { type: 'done', probabilities, stop, tokens: { prompt: tokens.length, reused, generated } }

  async function* chooseLines(): AsyncGenerator<ChooseItem> {
    const first = yield* chooseFirst()
    if (first === undefined) return
    const chosen = [first]
    while (chosen.length < options.maxChoices && !options.final.includes(chosen.at(-1) ?? 0)) {
      const next = await chooseNext(chosen)
      if (next === undefined) return
      chosen.push(next)
      yield { type: 'choice', candidate: next }
    }
  }

  async function* chooseFirst(): AsyncGenerator<ChooseItem, number | undefined> {
    const trie = buildTrie(candidates.map((text) => tokenizeAnswer(engine, text)))
    // Where one line is the beginning of another, a new line after it ends it as well.
    const ends =
      options.maxChoices > 1 && engine.newlineToken !== undefined
        ? [...engine.endTokens, engine.newlineToken]
        : engine.endTokens
    const prior = options.prior ?? candidates.map(() => 1)
    const highest = Math.max(...prior)
    let best = { candidate: -1, posterior: 0 }
    let first: number | undefined
    let found = 0
    for await (const leaf of leavesByProbability(trie, (at) => walk.weigh(at, ends))) {
      probabilities[leaf.candidate] = leaf.probability
      found += leaf.probability
      const posterior = leaf.probability * (prior[leaf.candidate] ?? 0)
      if (posterior > best.posterior) best = { candidate: leaf.candidate, posterior }
      // What has not been looked at yet cannot come to more than this.
      const isCertain = best.posterior >= (1 - found) * highest
      if (isCertain && first === undefined) first = yield* take(best.candidate)
      if (isCertain && 1 - found < negligible) break
    }
    // All have been looked at, and rounding kept the best from being certain.
    if (first === undefined && best.candidate >= 0) first = yield* take(best.candidate)
    return first
  }

  function* take(candidate: number): Generator<ChooseItem, number> {
    yield { type: 'prefill', done: tokens.length, total: tokens.length, reused }
    yield { type: 'choice', candidate }
    return candidate
  }

  /** Another line, unless the model would rather end. Lines that end an answer cannot follow others. */
  async function chooseNext(chosen: readonly number[]): Promise<number | undefined> {
    const answer = chosen.map((index) => candidates[index] ?? '').join('\n')
    const used = new Set(chosen.map((index) => candidates[index]))
    const following = candidates.map((text, index) => {
      if (used.has(text) || options.final.includes(index)) return null
      const continued = tokenizeAnswer(engine, `${answer}\n${text}`)
      return walk.fits(continued) ? continued : null
    })
    if (following.every((one) => one === null)) return undefined
    const ending = candidates.length
    const trie = buildTrie([...following, tokenizeAnswer(engine, answer)])
    for await (const leaf of leavesByProbability(trie, (at) => walk.weigh(at, engine.endTokens))) {
      if (leaf.candidate !== ending) return leaf.candidate
      // Ending may be likelier than each other line and yet less likely than some other line.
      if (leaf.probability >= 0.5) return undefined
    }
    return undefined
  }
}

/** With a single line there is nothing to ask the model: no token of the prompt is evaluated. */
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

/** Gives what is left of the whole to those that have nothing yet; the same text counts once. */
function shareRest(probabilities: number[], candidates: readonly string[]): void {
  // The sum of what was found may be rounded up.
  const rest = Math.max(0, 1 - probabilities.reduce((sum, one) => sum + one, 0))
  const open = [...candidates.keys()].filter(
    (index) => probabilities[index] === 0 && candidates.indexOf(candidates[index] ?? '') === index,
  )
  for (const index of open) probabilities[index] = rest / open.length
}
