import type { PreTrainedTokenizer } from '@huggingface/transformers'
import { z } from 'zod'

const mark = '▁'
/** Longer words are seldom seen twice. */
const longestKept = 40
/** A library has some hundred thousand words; more are typing errors and codes. */
const mostWords = 200_000

/** The part of `tokenizer.json` that decides whether words can be split one by one. */
const unigramFile = z.object({
  added_tokens: z.array(z.unknown()).length(0),
  pre_tokenizer: z.object({
    type: z.literal('Metaspace'),
    replacement: z.literal(mark),
    prepend_scheme: z.literal('always'),
  }),
  post_processor: z.null(),
  model: z.object({
    type: z.literal('Unigram'),
    vocab: z.array(z.tuple([z.string(), z.number()])),
  }),
})

/** The parts of a transformers.js tokenizer, which its own types do not resolve. */
interface Parts {
  readonly _tokenizerJSON: unknown
  readonly _tokenizer: {
    readonly normalizer: { _call(text: string): string } | null
    readonly model: { _call(words: readonly string[]): string[] } | null
  }
}

/**
 * A Unigram tokenizer that splits each different word once. transformers.js builds a lattice of
 * objects over the whole text, which takes most of the time of a small model; yet where no piece
 * holds the mark of a word's beginning but as its first character, and the mark itself is a piece,
 * the best path through the text is the best paths through its words, one after the other.
 *
 * @returns undefined for a tokenizer of another make: use it as it is.
 */
export function createWordTokenizer(
  tokenizer: PreTrainedTokenizer,
): ((text: string) => number[]) | undefined {
  const parts = tokenizer as unknown as Parts
  const file = unigramFile.safeParse(parts._tokenizerJSON)
  const { normalizer, model: unigram } = parts._tokenizer
  if (!file.success || unigram === null) return undefined
  const pieces = file.data.model.vocab.map(([piece]) => piece)
  if (!pieces.includes(mark) || pieces.some((piece) => piece.includes(mark, 1))) return undefined

  const ids = new Map(pieces.map((piece, id) => [piece, id]))
  const known = new Map<string, readonly number[]>()
  const split = (word: string): readonly number[] => {
    const before = known.get(word)
    if (before !== undefined) return before
    const found = unigram._call([word]).map((piece) => ids.get(piece) ?? tokenizer.unk_token_id)
    if (word.length > longestKept) return found
    if (known.size >= mostWords) known.clear()
    // A slice keeps the whole text alive that it was cut from; a copy does not.
    known.set(Buffer.from(word).toString(), found)
    return found
  }

  return (text) => {
    const normal = normalizer === null ? text : normalizer._call(text)
    if (normal === '') return []
    const marked = normal.replaceAll(' ', mark)
    const result: number[] = []
    let from = 0
    // The first word has its mark added, if it has none.
    let first = marked.startsWith(mark) ? '' : mark
    while (from < marked.length) {
      const next = marked.indexOf(mark, from + 1)
      const end = next < 0 ? marked.length : next
      for (const id of split(first + marked.slice(from, end))) result.push(id)
      first = ''
      from = end
    }
    return result
  }
}
