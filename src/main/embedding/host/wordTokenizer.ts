import { z } from 'zod'
import type { OpenTokenizer } from '../tokens/openTokenizer.ts'
import { rememberWords } from '../tokens/rememberWords.ts'

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

/**
 * A Unigram tokenizer that tokenizes each distinct word once. The library builds a lattice of
 * objects over the whole text, which takes most of the time of a small model. But if the word-start
 * mark occurs in pieces only as their first character, and is a piece itself, the best path through
 * the text is the concatenation of the best paths through its words.
 *
 * @returns undefined for a tokenizer for which this doesn't hold: use the library's.
 */
export function createWordTokenizer({
  tokenizer: { normalizer, model: unigram },
  file,
  unknownId,
}: OpenTokenizer): ((text: string) => number[]) | undefined {
  const known = unigramFile.safeParse(file)
  if (!known.success || unigram === null || unknownId === undefined) return undefined
  const pieces = known.data.model.vocab.map(([piece]) => piece)
  if (!pieces.includes(mark) || pieces.some((piece) => piece.includes(mark, 1))) return undefined

  const ids = new Map(pieces.map((piece, id) => [piece, id]))
  const split = rememberWords((word): readonly number[] =>
    unigram([word]).map((piece) => ids.get(piece) ?? unknownId),
  )

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
