import type { Token } from 'node-llama-cpp'
import { throwIfAborted } from '../../../shared/errors.ts'
import { logSumExp, type Branching } from './candidateTrie.ts'
import { useThreads, type Engine } from './engine.ts'
import { missingOf, rewind } from './prefill.ts'

/**
 * Returns the model's logits after the prompt and a path of tokens, rewinding the KV cache between
 * paths.
 */
export function createWalk(engine: Engine, prompt: readonly Token[], signal: AbortSignal) {
  const { sequence } = engine
  let evaluated = 0
  let begun = false

  async function weigh({ path, next, end }: Branching, ends: readonly Token[]) {
    throwIfAborted(signal)
    const all = [...prompt, ...(path as Token[])]
    const held = await rewind(engine, all)
    const missing = await missingOf(engine, all)
    const last = missing.pop()
    if (last === undefined) throw new Error('An empty prompt')
    const wanted = [...(next as Token[]), ...(end ? ends : [])]
    const logits = { filter: { tokens: wanted } }
    const results = await sequence.controlledEvaluate([
      ...missing,
      [last, { generateNext: { logits } }],
    ])
    engine.beat()
    // Tokens that are evaluated again don't count.
    if (begun) evaluated += all.length - held
    else evaluated += all.length - prompt.length
    begun = true
    useThreads(engine, engine.threads.generation)
    const weights = results.at(-1)?.next.logits
    const weight = (token: number): number => weights?.get(token as Token) ?? -Infinity
    const ending = end ? [logSumExp(ends.map(weight))] : []
    return [...next.map(weight), ...ending]
  }

  return {
    weigh,
    /** Tokens evaluated beyond the prompt. */
    evaluated: () => evaluated,
    fits: (answer: readonly Token[]) => prompt.length + answer.length < sequence.contextSize,
  }
}
