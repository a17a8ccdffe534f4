import type { Token } from 'node-llama-cpp'
import type { Engine } from './engine.ts'
import { prefill } from './prefill.ts'

/**
 * Evaluates the prefix of a future prompt. After an abort, the tokens evaluated so far stay in the
 * KV cache and are reused later.
 */
export async function warmUp(
  engine: Engine,
  tokens: readonly Token[],
  signal: AbortSignal,
): Promise<void> {
  // Longer than the context: the error comes with the question.
  if (tokens.length === 0 || tokens.length >= engine.sequence.contextSize) return
  const slices = prefill(engine, tokens, signal)
  for (;;) {
    const step = await slices.next()
    if (step.done !== true) continue
    if (step.value === undefined || step.value.rest.length === 0) return
    await engine.sequence.evaluateWithoutGeneratingNewTokens([...step.value.rest])
    return
  }
}
