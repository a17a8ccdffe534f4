import type { PreTrainedTokenizer } from '@huggingface/transformers'

export interface Tokenizer {
  readonly padId: number
  /** Token ids with the special tokens, at most `maxTokens`. */
  encode(text: string): readonly number[]
  /** Whether any token is a known one. */
  saysSomething(ids: readonly number[]): boolean
}

export function createTokenizer(tokenizer: PreTrainedTokenizer, maxTokens: number): Tokenizer {
  const special = new Set(tokenizer.encode(''))
  const unknown: unknown = tokenizer.unk_token_id
  if (typeof unknown === 'number') special.add(unknown)
  return {
    padId: tokenizer.pad_token_id,
    encode: (text) => {
      const ids = tokenizer.encode(text)
      return ids.length > maxTokens ? ids.slice(0, maxTokens) : ids
    },
    saysSomething: (ids) => ids.some((id) => !special.has(id)),
  }
}
