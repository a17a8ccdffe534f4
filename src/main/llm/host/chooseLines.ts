import { buildTrie, leavesByProbability } from './candidateTrie.ts'
import type { Engine } from './engine.ts'
import type { ChooseItem, ChooseOptions } from './llmContract.ts'
import { tokenizeAnswer } from './rendering.ts'
import type { Walk } from './walk.ts'

/** A choice that the model is making. */
export interface Choosing {
  readonly engine: Engine
  readonly walk: Walk
  readonly candidates: readonly string[]
  readonly options: ChooseOptions
  /** For each candidate, the probability that the model begins its answer with it. Filled here. */
  readonly probabilities: number[]
  /** What is reported once the first line is certain. */
  readonly prefilled: ChooseItem
}

/** Below this remaining probability, the candidates that were not evaluated share it equally. */
const negligible = 0.001

/** Yields the lines of the answer as soon as they are certain. */
export async function* chooseLines(choosing: Choosing): AsyncGenerator<ChooseItem> {
  const { maxChoices, final } = choosing.options
  const first = yield* chooseFirst(choosing)
  if (first === undefined) return
  const chosen = [first]
  while (chosen.length < maxChoices && !final.includes(chosen.at(-1) ?? 0)) {
    const next = await chooseNext(choosing, chosen)
    if (next === undefined) return
    chosen.push(next)
    yield { type: 'choice', candidate: next }
  }
}

async function* chooseFirst(choosing: Choosing): AsyncGenerator<ChooseItem, number | undefined> {
  const { engine, walk, candidates, options, probabilities } = choosing
  const trie = buildTrie(candidates.map((text) => tokenizeAnswer(engine, text)))
  const ends = endsOfFirst(engine, options)
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
    // The posterior of the remaining candidates can't exceed this.
    const isCertain = best.posterior >= (1 - found) * highest
    if (isCertain && first === undefined) first = yield* take(best.candidate, choosing)
    if (isCertain && 1 - found < negligible) break
  }
  // All were evaluated, but because of rounding the best was never certain.
  if (first === undefined && best.candidate >= 0) first = yield* take(best.candidate, choosing)
  return first
}

/** If one line is the beginning of another, a line break ends it too. */
function endsOfFirst({ endTokens, newlineToken }: Engine, { maxChoices }: ChooseOptions) {
  return maxChoices > 1 && newlineToken !== undefined ? [...endTokens, newlineToken] : endTokens
}

function* take(candidate: number, { prefilled }: Choosing): Generator<ChooseItem, number> {
  yield prefilled
  yield { type: 'choice', candidate }
  return candidate
}

/** Another line, unless the model ends its answer. Final lines can't follow others. */
async function chooseNext(
  { engine, walk, candidates, options }: Choosing,
  chosen: readonly number[],
): Promise<number | undefined> {
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
    // Ending may be likelier than every single line and less likely than all of them together.
    if (leaf.probability >= 0.5) return undefined
  }
  return undefined
}
