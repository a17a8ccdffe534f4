import { z } from 'zod'
import type { OpenTokenizer } from './openTokenizer.ts'
import { createUnigram } from './unigram.ts'

const mark = '▁'

/** The part of `tokenizer.json` that determines whether words can be tokenized one by one. */
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

/** Splits a word into ids, perhaps one that was split before. */
type SplitWord = (word: string) => readonly number[]

/**
 * A Unigram tokenizer that tokenizes word by word, so that each distinct word need be split only
 * once. If the word-start mark occurs in pieces only as their first character, and is a piece
 * itself, the best path through the text is the concatenation of the best paths through its words.
 *
 * @param remember wraps the function that splits a word, where words come again.
 * @returns undefined for a tokenizer for which this doesn't hold: use the library's.
 */
export function createWordTokenizer(
  { tokenizer: { normalizer }, file, unknownId }: OpenTokenizer,
  remember: (split: SplitWord) => SplitWord = (split) => split,
): ((text: string) => number[]) | undefined {
  const known = unigramFile.safeParse(file)
  if (!known.success || unknownId === undefined) return undefined
  const pieces = known.data.model.vocab.map(([piece]) => piece)
  if (!pieces.includes(mark) || pieces.some((piece) => piece.includes(mark, 1))) return undefined

  const split = remember(createUnigram(known.data.model.vocab, unknownId))

  return (text) => {
    const normal = normalizer === null ? text : normalizer(text)
    if (normal === '') return []
    const marked = normal.replaceAll(' ', mark)
    const result: number[] = []
    let from = 0
    // Add the mark to the first word if it has none.
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
