import type { Token } from 'node-llama-cpp'
import { throwIfAborted } from '../../../shared/errors.ts'
import { logSumExp, type Branching } from './candidateTrie.ts'
import { useThreads, type Engine } from './engine.ts'
import { missingOf, rewind } from './prefill.ts'

/** Asks the model what follows paths of tokens. */
export interface Walk {
  /**
   * The log weights of what may follow; those of `ends` are added up.
   *
   * @throws AppError `cancelled`.
   */
  readonly weigh: (branching: Branching, ends: readonly Token[]) => Promise<number[]>
  /** Tokens evaluated beyond the prompt. */
  evaluated(): number
  /** Whether an answer fits the context after the prompt. */
  fits(answer: readonly Token[]): boolean
}

/**
 * Returns the model's logits after the prompt and a path of tokens, rewinding the KV cache between
 * paths.
 */
export function createWalk(engine: Engine, prompt: readonly Token[], signal: AbortSignal): Walk {
  const { sequence } = engine
  let evaluated = 0
  let begun = false

  async function weigh({ path, next, end }: Branching, ends: readonly Token[]): Promise<number[]> {
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
    evaluated: () => evaluated,
    fits: (answer) => prompt.length + answer.length < sequence.contextSize,
  }
}
