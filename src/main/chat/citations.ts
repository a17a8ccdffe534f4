import { citationMarker, citedNumbers } from '../../shared/domain/citationMarker.ts'
import { citeRange, type CitableText } from '../../shared/domain/citeRange.ts'
import type { AnswerSentence, Citation, Support } from '../../shared/domain/conversation.ts'
import type { TextRange } from '../../shared/domain/page.ts'
import { splitSentences } from '../../shared/domain/sentences.ts'
import { contentTerms, terms } from '../../shared/domain/language/terms.ts'
import type { TermWeight } from '../retrieval/keySentences.ts'
import { findBestSpan, readText, type ReadText, type Span } from './support/bestSpan.ts'
import { readStatement } from './support/readStatement.ts'

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

/** The share of a claim that a source must contain if the answer does not cite it. */
const volunteeredFrom = 0.65
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

  const read = sources.map((source) => ({ source, read: readOnce(source) }))
  let text = ''
  let copied = 0
  const sentences: AnswerSentence[] = []
  for (const [index, range] of ranges.entries()) {
    text += plain.slice(copied, range.start)
    copied = range.end
    const words = plain.slice(range.start, range.end)
    const found = supportOf(words, [...(cited[index] ?? [])], read, weight)
    const start = text.length
    text += words
    sentences.push({
      start,
      end: text.length,
      text: words,
      ...found,
    })
    for (const number of new Set(found.citations.map((citation) => citation.number))) {
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

interface Supported {
  readonly support: Support
  readonly citations: readonly Citation[]
}

/** A reply of fields is bound field by field to the same sources. */
const readBefore = new WeakMap<CitableSource, ReadText>()

function readOnce(source: CitableSource): ReadText {
  const known = readBefore.get(source)
  if (known !== undefined) return known
  const read = readText(source)
  readBefore.set(source, read)
  return read
}

interface ReadSource {
  readonly source: CitableSource
  readonly read: ReadText
}

function supportOf(
  words: string,
  cited: readonly number[],
  sources: readonly ReadSource[],
  weight: TermWeight,
): Supported {
  if (!claims(words)) return { support: 'whole', citations: [] }
  const claim = readStatement(words)
  const found = sources.flatMap(({ source, read }) => {
    const span = findBestSpan(claim, read, weight)
    return span === null || span.support === 'none' ? [] : [{ source, span }]
  })
  const isCited = ({ source }: Found): boolean => cited.includes(source.number)
  const named = found.filter(isCited)
  const volunteered = found
    .filter((one) => !isCited(one) && one.span.score >= volunteeredFrom)
    .sort((a, b) => b.span.score - a.span.score)
  for (const support of ['whole', 'part'] as const) {
    const isSo = ({ span }: Found): boolean => span.support === support
    const best = named.some(isSo) ? named.filter(isSo) : volunteered.filter(isSo).slice(0, 1)
    if (best.length > 0) {
      return { support, citations: best.map(({ source, span }) => citeRange(source, span.range)) }
    }
  }
  return { support: 'none', citations: [] }
}

interface Found {
  readonly source: CitableSource
  readonly span: Span
}

/**
 * Whether a sentence makes a claim that could be checked. A bare yes or no is covered by the next
 * sentence.
 */
function claims(words: string): boolean {
  return contentTerms(words).some((term) => term !== yes)
}

const [yes] = terms('yes')
