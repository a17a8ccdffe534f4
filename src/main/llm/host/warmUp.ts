import type { Token } from 'node-llama-cpp'
import type { Engine } from './engine.ts'
import { prefill } from './prefill.ts'

/**
 * Evaluates the beginning of a prompt to come. What was evaluated when the signal is aborted stays
 * and counts as reused later.
 */
export async function warmUp(
  engine: Engine,
  tokens: readonly Token[],
  signal: AbortSignal,
): Promise<void> {
  // Longer than the context: the question will be told so.
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
