import { splitSentences } from '../sentences.ts'
import { findSupport, makesClaim, readOnce, type NumberedText } from '../support/findSupport.ts'
import { missingWords } from '../support/missingWords.ts'
import { judgementWords as words } from './judgementWords.ts'
import type { Judgement } from './judgeValue.ts'
import type { PassageText } from './passagesOfRow.ts'

/**
 * Judges a text by the check that written answers go through: right if each of its sentences is supported as
 * a whole. Every passage counts as cited. All words weigh the same, so that a judgement doesn't change with
 * the library.
 *
 * @param passages at least one.
 */
export function judgeSupport(text: string, passages: readonly PassageText[]): Judgement {
  const sentences = splitSentences(text).map(({ start, end }) => text.slice(start, end))
  if (!sentences.some(makesClaim)) return { correct: false, why: words.noClaim }
  const sources = passages.map(asSource)
  const cited = sources.map(({ number }) => number)
  const unsupported = sentences.flatMap((sentence) => {
    const { support } = findSupport(sentence, cited, sources, () => 1)
    if (support === 'whole') return []
    const missing = missingWords(sentence, sources.map(readOnce))
    return [words.unsupported(support, sentence, missing)]
  })
  return unsupported.length === 0
    ? { correct: true, why: words.supported }
    : { correct: false, why: unsupported.join(' ') }
}

function asSource({ title, text }: PassageText, index: number): NumberedText {
  return {
    number: index + 1,
    name: title,
    heading: '',
    text,
    start: 0,
    end: text.length,
    sentences: splitSentences(text),
  }
}
