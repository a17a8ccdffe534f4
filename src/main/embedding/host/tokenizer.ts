import { cutLongWords } from '../tokens/cutLongWords.ts'
import type { OpenTokenizer } from '../tokens/openTokenizer.ts'
import { rememberWords } from '../tokens/rememberWords.ts'
import { createWordTokenizer } from '../tokens/wordTokenizer.ts'

export interface Tokenizer {
  readonly padId: number
  /**
   * Token ids of a text, in parts of at most `maxTokens`; each part has the special tokens and the
   * prefix. Nothing of the text is dropped.
   */
  encode(prefix: string, text: string): readonly (readonly number[])[]
  /** Whether any token represents content, that is, isn't special or unknown. */
  hasContent(ids: readonly number[]): boolean
}

export function createTokenizer(open: OpenTokenizer, maxTokens: number): Tokenizer {
  const { tokenizer, unknownId, padId } = open
  const special = tokenizer.encode('').ids
  const encodeWhole =
    createWordTokenizer(open, rememberWords) ?? ((text) => tokenizer.encode(text).ids)
  const opening = special.slice(0, 1)
  const closing = special.slice(1)
  const meaningless = new Set([...special, unknownId, tokenizer.token_to_id('▁')])
  return {
    padId,
    encode(prefix, text) {
      const ids = encodeWhole(prefix + cutLongWords(text))
      if (ids.length <= maxTokens) return [ids]
      const marked = prefix === '' ? 0 : common(ids, encodeWhole(prefix.trimEnd()))
      const before = ids.slice(0, Math.max(opening.length, marked))
      const inside = ids.slice(before.length, ids.length - closing.length)
      const room = maxTokens - before.length - closing.length
      const parts = Math.ceil(inside.length / Math.max(1, room))
      // Parts of equal length: a last part of two words would make a poor vector.
      const size = Math.ceil(inside.length / parts)
      return Array.from({ length: parts }, (_, part) => [
        ...before,
        ...inside.slice(part * size, (part + 1) * size),
        ...closing,
      ])
    },
    hasContent: (ids) => ids.some((id) => !meaningless.has(id)),
  }
}

/** Length of the common prefix of two lists of ids. */
function common(a: readonly number[], b: readonly number[]): number {
  const differs = a.findIndex((id, index) => id !== b[index])
  return differs < 0 ? a.length : differs
}
