import type { PreTrainedTokenizer } from '@huggingface/transformers'
import { createWordTokenizer } from './wordTokenizer.ts'

export interface Tokenizer {
  readonly padId: number
  /** Token ids with the special tokens, at most `maxTokens`. */
  encode(text: string): readonly number[]
  /** Whether any token stands for something that was in the text. */
  saysSomething(ids: readonly number[]): boolean
}

/** @param maxTokens a longer text loses what follows, never its closing special token. */
export function createTokenizer(tokenizer: PreTrainedTokenizer, maxTokens: number): Tokenizer {
  const special = tokenizer.encode('')
  const encodeWhole = createWordTokenizer(tokenizer) ?? ((text) => tokenizer.encode(text))
  const closing = special.slice(1)
  const meaningless = new Set(special)
  for (const id of tokenizer.convert_tokens_to_ids([tokenizer.unk_token, '▁'])) {
    meaningless.add(id)
  }
  return {
    padId: tokenizer.pad_token_id,
    encode(text) {
      const ids = encodeWhole(text)
      if (ids.length <= maxTokens) return ids
      return [...ids.slice(0, maxTokens - closing.length), ...closing]
    },
    saysSomething: (ids) => ids.some((id) => !meaningless.has(id)),
  }
}
