import { citationMarker } from '../../shared/domain/citationMarker.ts'
import { citeRange, type CitableText } from '../../shared/domain/citeRange.ts'
import type { AnswerSentence, Citation } from '../../shared/domain/conversation.ts'
import type { TextRange } from '../../shared/domain/page.ts'
import { splitSentences } from '../../shared/domain/sentences.ts'
import { contentTerms, terms } from '../../shared/domain/terms.ts'

/** A numbered source that an answer may cite. Ranges refer to the text of its page. */
export interface CitableSource extends CitableText {
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

/** A term's weight by its rarity in the library: rare terms are stronger evidence. */
export type TermWeight = (term: string) => number

/**
 * The share of a sentence's term weight that a span must contain to support it. Paraphrase changes
 * about half of the words; unrelated sentences on one topic share a third at most.
 */
const supportedFrom = 0.5
/** Higher threshold for sentences without a marker. */
const volunteeredFrom = 0.65
/** The share that a second sentence must add to be included in the quotation. */
const worthASecondSentence = 0.15

/**
 * Binds each sentence of a written answer to the words of the sources that support it. The model's
 * `[n]` only determine where to look first; whether a source supports a sentence is checked here.
 * Numbers without a source are dropped.
 */
export function bindCitations(
  answer: string,
  sources: readonly CitableSource[],
  weight: TermWeight,
): BoundAnswer {
  const { plain, marks } = takeMarkers(answer)
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
    const citations = support(words, [...(cited[index] ?? [])], sources, weight)
    const start = text.length
    text += words
    sentences.push({
      start,
      end: text.length,
      text: words,
      supported: citations.length > 0 || !claims(words),
      citations,
    })
    for (const number of new Set(citations.map((citation) => citation.number))) {
      text += ` [${number}]`
    }
  }
  return { text: text + plain.slice(copied), sentences }
}

function takeMarkers(answer: string): {
  plain: string
  marks: { at: number; numbers: number[] }[]
} {
  const marks: { at: number; numbers: number[] }[] = []
  let plain = ''
  let copied = 0
  for (const match of answer.matchAll(citationMarker)) {
    plain += answer.slice(copied, match.index)
    copied = match.index + match[0].length
    marks.push({ at: plain.length, numbers: (match[1] ?? '').split(/[,;]/u).map(Number) })
  }
  return { plain: plain + answer.slice(copied), marks }
}

function support(
  words: string,
  cited: readonly number[],
  sources: readonly CitableSource[],
  weight: TermWeight,
): Citation[] {
  if (!claims(words)) return []
  const claim = createClaim(words, weight)
  const named = sources.filter((source) => cited.includes(source.number))
  const found = named.flatMap((source) => citeIfSupported(claim, source, supportedFrom))
  if (found.length > 0) return found
  const least = named.length > 0 ? supportedFrom : volunteeredFrom
  const others = sources
    .filter((source) => !named.includes(source))
    .map((source) => ({ source, best: bestSpan(claim, source) }))
    .filter(({ best }) => best.score >= least)
    .sort((a, b) => b.best.score - a.best.score)
  const first = others[0]
  return first === undefined ? [] : [citeRange(first.source, first.best.range)]
}

function citeIfSupported(claim: Claim, source: CitableSource, least: number): Citation[] {
  const best = bestSpan(claim, source)
  return best.score >= least ? [citeRange(source, best.range)] : []
}

interface Claim {
  readonly weights: ReadonlyMap<string, number>
  readonly total: number
  readonly numbers: readonly string[]
}

function createClaim(words: string, weight: TermWeight): Claim {
  const weights = new Map<string, number>()
  for (const term of contentTerms(words)) weights.set(term, weight(term))
  let total = 0
  for (const value of weights.values()) total += value
  return { weights, total, numbers: numbersIn(words) }
}

/** The sentence of a source, or pair of adjacent sentences, that covers most of a claim. */
function bestSpan(claim: Claim, source: CitableSource): { range: TextRange; score: number } {
  let best = { range: { start: source.start, end: source.start }, score: 0 }
  for (const [index, sentence] of source.sentences.entries()) {
    const alone = spanScore(claim, source, sentence)
    if (alone > best.score) best = { range: sentence, score: alone }
    const next = source.sentences[index + 1]
    if (next === undefined) continue
    const pair = { start: sentence.start, end: next.end }
    const together = spanScore(claim, source, pair)
    const single = Math.max(alone, spanScore(claim, source, next), best.score)
    if (together > single + worthASecondSentence) best = { range: pair, score: together }
  }
  return best
}

function spanScore(claim: Claim, source: CitableSource, range: TextRange): number {
  if (claim.total === 0) return 0
  const text = source.text.slice(range.start - source.start, range.end - source.start)
  const there = new Set(terms(text))
  let held = 0
  for (const [term, value] of claim.weights) if (there.has(term)) held += value
  // A wrong number is the worst error: a span that lacks one of the numbers never supports the
  // sentence.
  const figures = new Set(numbersIn(text))
  if (claim.numbers.some((figure) => !figures.has(figure))) return 0
  return held / claim.total
}

/**
 * Whether a sentence makes a claim that could be checked. A bare yes or no is covered by the next
 * sentence.
 */
function claims(words: string): boolean {
  return contentTerms(words).some((term) => term !== yes)
}

const [yes] = terms('yes')

/** Numbers in digits or words, normalised for comparison. */
function numbersIn(text: string): string[] {
  const digits = [...text.matchAll(/\d+(?:[.,]\d+)*/gu)].map(([figure]) =>
    figure.replaceAll(',', ''),
  )
  const spelled = (text.toLowerCase().match(/\p{L}+/gu) ?? []).flatMap((word) => {
    const value = numberWords.get(word)
    return value === undefined ? [] : [String(value)]
  })
  return [...digits, ...spelled]
}

/** Without "one", which mostly isn't a number. */
const numberWords: ReadonlyMap<string, number> = new Map([
  ...'two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'
    .split(' ')
    .map((word, index) => [word, index + 2] as const),
  ...'twenty thirty forty fifty sixty seventy eighty ninety'
    .split(' ')
    .map((word, index) => [word, (index + 2) * 10] as const),
])
