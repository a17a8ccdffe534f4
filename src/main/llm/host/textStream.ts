import type { LlamaModel, Token } from 'node-llama-cpp'

/** A Unicode character has at most four bytes in UTF-8, each of which can be one token. */
const mostPending = 4
/** Preceding tokens that a tokenizer needs to place spaces. */
const contextTokens = 8

/**
 * Turns a stream of tokens into text. Incomplete characters are held back, so that an emoji is
 * never shown in pieces.
 *
 * @param begun whether a part of the answer precedes it.
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
    // LLaMA's tokenizer puts a space before every word, the first one included.
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
