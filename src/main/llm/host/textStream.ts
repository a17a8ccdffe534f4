import type { LlamaModel, Token } from 'node-llama-cpp'

/** A character of Unicode takes four bytes at most, each of which can be a token of its own. */
const mostPending = 4
/** Tokens of context that a tokenizer needs to place spaces. */
const contextTokens = 8

/**
 * Turns tokens into text as they come. A character whose bytes have not all arrived waits, so that
 * an emoji is never shown in pieces.
 *
 * @param begun whether something of the answer stands before it already.
 */
export function createTextStream(model: LlamaModel, before: readonly Token[], begun = false) {
  let last = before.slice(-contextTokens)
  let pending: Token[] = []
  let inAnswer = begun

  function take(): string {
    const text = model.detokenize(pending, false, last)
    last = [...last, ...pending].slice(-contextTokens)
    pending = []
    if (inAnswer) return text
    // LLaMA's first word comes with the space that stands before every word.
    const trimmed = text.trimStart()
    inAnswer = trimmed !== ''
    return trimmed
  }

  return {
    push(token: Token): string {
      pending.push(token)
      const incomplete = model.detokenize(pending, false, last).endsWith('\uFFFD')
      return incomplete && pending.length < mostPending ? '' : take()
    },
    flush(): string {
      return pending.length === 0 ? '' : take()
    },
  }
}
