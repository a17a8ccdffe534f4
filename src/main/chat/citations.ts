import { citationMarker, citedNumbers } from '../../shared/domain/citationMarker.ts'
import { citeRange, type CitableText } from '../../shared/domain/citeRange.ts'
import type { AnswerSentence } from '../../shared/domain/conversation.ts'
import type { TextRange } from '../../shared/domain/page.ts'
import { splitSentences } from '../../shared/domain/sentences.ts'
import type { TermWeight } from '../../shared/domain/language/terms.ts'
import { findSupport } from '../../shared/domain/support/findSupport.ts'

/** A numbered source that an answer may cite. Ranges refer to the text of its page. */
export interface CitableSource extends CitableText {
  /** The headings above it; blank if there are none. */
  readonly heading: string
  readonly sentences: readonly TextRange[]
}

export interface BoundAnswer {
  /**
   * The answer with corrected markers: each sentence is followed by the `[n]` of its supporting
   * sources.
   */
  readonly text: string
  readonly sentences: readonly AnswerSentence[]
}

/**
 * Binds each sentence of a written answer to the words of the sources that support it. The model's
 * `[n]` only determine where to look first; whether a source supports a sentence is checked here.
 * Numbers without a source are dropped, except in code, where `x[1]` is no citation. What words can't decide is cited as support in part.
 */
export function bindCitations(
  answer: string,
  sources: readonly CitableSource[],
  weight: TermWeight,
): BoundAnswer {
  const { plain, marks } = sources.length === 0 ? { plain: answer, marks: [] } : takeMarkers(answer)
  const ranges = splitSentences(plain)
  const cited = ranges.map(() => new Set<number>())
  for (const mark of marks) {
    const last = ranges.findLastIndex((range) => range.start < mark.at)
    for (const number of mark.numbers) cited[Math.max(last, 0)]?.add(number)
  }

  let text = ''
  let copied = 0
  const sentences: AnswerSentence[] = []
  for (const [index, range] of ranges.entries()) {
    text += plain.slice(copied, range.start)
    copied = range.end
    const words = plain.slice(range.start, range.end)
    const { support, places } = findSupport(words, [...(cited[index] ?? [])], sources, weight)
    const citations = places.map(({ source, range: place }) => citeRange(source, place))
    const start = text.length
    text += words
    sentences.push({
      start,
      end: text.length,
      text: words,
      support,
      citations,
    })
    for (const number of new Set(citations.map((citation) => citation.number))) {
      text += ` [${number}]`
    }
  }
  return { text: text + plain.slice(copied), sentences }
}

/** A fenced block, also one that is not closed yet, or code in a line. */
const codeSpan = /^[ \t]*```[\s\S]*?(?:^[ \t]*```|$(?![\s\S]))|`[^`\n]+`/gmu

function takeMarkers(answer: string): {
  plain: string
  marks: { at: number; numbers: number[] }[]
} {
  const marks: { at: number; numbers: number[] }[] = []
  const code = [...answer.matchAll(codeSpan)].map((match) => [
    match.index,
    match.index + match[0].length,
  ])
  let plain = ''
  let copied = 0
  for (const match of answer.matchAll(citationMarker)) {
    if (code.some(([from = 0, to = 0]) => match.index >= from && match.index < to)) continue
    plain += answer.slice(copied, match.index)
    copied = match.index + match[0].length
    marks.push({ at: plain.length, numbers: citedNumbers(match) })
  }
  return { plain: plain + answer.slice(copied), marks }
}
