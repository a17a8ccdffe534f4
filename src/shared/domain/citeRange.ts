import type { Citation } from './conversation.ts'
import type { TextRange } from './page.ts'

/** A passage that a citation can point into. */
export type CitableText = Omit<Citation, keyof TextRange | 'quote'> &
  TextRange & { readonly text: string }

/**
 * The citation of a range, word for word.
 *
 * @param range of the page's text, within the passage.
 */
export function citeRange(passage: CitableText, { start, end }: TextRange): Citation {
  const { number, chunk, document, name, contentId, page, place } = passage
  const quote = passage.text.slice(start - passage.start, end - passage.start)
  return { number, chunk, document, name, contentId, page, place, start, end, quote }
}
