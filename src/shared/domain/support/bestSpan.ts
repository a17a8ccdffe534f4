import type { TextRange } from '../page.ts'
import type { TermWeight } from '../language/terms.ts'
import { compareStatements, type Comparison, type Evidence } from './compareStatements.ts'
import { readStatement, type Token } from './readStatement.ts'

/** A text whose sentences may support a claim. Ranges refer to the text of its page. */
export interface SupportingText extends TextRange {
  readonly text: string
  readonly name: string
  /** The headings above it; blank if there are none. */
  readonly heading: string
  readonly sentences: readonly TextRange[]
}

interface ReadSentence {
  readonly range: TextRange
  readonly tokens: readonly Token[]
  /** Whether it speaks of something that an earlier sentence names. */
  readonly refersBack: boolean
}

/** A text read once, to be compared with several claims. */
export interface ReadText {
  readonly sentences: readonly ReadSentence[]
  readonly title: readonly Token[]
  readonly capitalNouns: boolean
  readonly knownLanguage: boolean
}

export interface Span extends Comparison {
  readonly range: TextRange
  /** Whether it is two sentences. */
  readonly isPair: boolean
}

/** The share that a second sentence must add to be included in the quotation. */
const worthASecondSentence = 0.15
/** Sentences before one that its pronouns may refer to. */
const reach = 3
/** Share of words with capital letters inside sentences from which nouns are taken to have them. */
const capitalNounsFrom = 0.25
/** Share of function words from which their language is taken to be known. */
const knownFrom = 0.15

const pronoun =
  /(?<!\p{L})(?:it|its|he|him|his|she|her|hers|they|them|their|this|these|those|such|both|er|sie|es|ihr|ihre|sein|seine|il|elle|ils|elles)(?!\p{L})/iu

export function readText(source: SupportingText): ReadText {
  const textOf = ({ start, end }: TextRange): string =>
    source.text.slice(start - source.start, end - source.start)
  const sentences = source.sentences.map((range) => ({
    range,
    tokens: readStatement(textOf(range)),
    refersBack: pronoun.test(textOf(range)),
  }))
  const name = source.name.replace(/\.\p{L}+$/u, '')
  return {
    sentences,
    title: readStatement(`${name}\n${source.heading}`),
    ...languageOf(sentences),
  }
}

function languageOf(
  sentences: readonly ReadSentence[],
): Pick<ReadText, 'capitalNouns' | 'knownLanguage'> {
  const inside = sentences.flatMap(({ tokens }) => tokens.slice(1))
  const words = inside.filter(({ kind }) => kind === 'word' || kind === 'filler')
  const names = words.filter((token) => token.kind === 'word' && token.isName)
  const fillers = words.filter(({ kind }) => kind === 'filler')
  return {
    capitalNouns: share(names, words) >= capitalNounsFrom,
    knownLanguage: share(fillers, words) >= knownFrom,
  }
}

function share(some: readonly Token[], all: readonly Token[]): number {
  return all.length === 0 ? 0 : some.length / all.length
}

/**
 * The sentence of a text, or pair of adjacent sentences, that supports a claim best.
 *
 * @returns null for a text that has nothing of it.
 */
export function findBestSpan(
  claim: readonly Token[],
  text: ReadText,
  weight: TermWeight,
): Span | null {
  let best: Span | null = null
  for (const index of text.sentences.keys()) {
    for (const span of spansAt(claim, text, index, weight)) {
      if (span.score > 0 && (best === null || isBetter(span, best))) best = span
    }
  }
  return best
}

function spansAt(
  claim: readonly Token[],
  text: ReadText,
  index: number,
  weight: TermWeight,
): readonly Span[] {
  const sentence = text.sentences[index]
  if (sentence === undefined) return []
  const compare = (tokens: readonly Token[], range: TextRange): Span => {
    const evidence: Evidence = {
      span: tokens,
      around: [...text.title, ...namedBefore(text, index)],
      capitalNouns: text.capitalNouns,
      knownLanguage: text.knownLanguage,
    }
    const isPair = range !== sentence.range
    return { range, isPair, ...compareStatements(claim, evidence, weight) }
  }
  const alone = compare(sentence.tokens, sentence.range)
  const next = text.sentences[index + 1]
  if (next === undefined) return [alone]
  const range = { start: sentence.range.start, end: next.range.end }
  const pair = compare(join(sentence.tokens, next.tokens), range)
  // Two sentences on two things, read as one, would support a mixture of both.
  const isOneStatement = next.refersBack || partsOf(claim) > 1
  if (pair.support === 'whole' && !isOneStatement) return [alone, { ...pair, support: 'part' }]
  return [alone, pair]
}

/** Words at the beginning of a sentence that name what it speaks of. */
const topic = 2

/** What pronouns of a sentence may stand for: names, and what earlier sentences begin with. */
function namedBefore(text: ReadText, index: number): readonly Token[] {
  if (text.sentences[index]?.refersBack !== true) return []
  return text.sentences
    .slice(Math.max(0, index - reach), index)
    .flatMap(({ tokens }) =>
      tokens
        .filter((token) => token.kind === 'word')
        .filter((word, place) => place < topic || word.isName),
    )
}

function join(first: readonly Token[], second: readonly Token[]): readonly Token[] {
  const last = first.at(-1)
  const part = (last?.part ?? 0) + 1
  const scope = (last?.scope ?? 0) + 1
  return [
    ...first,
    ...second.map((token) => ({
      ...token,
      sentence: 1,
      part: token.part + part,
      scope: token.scope + scope,
    })),
  ]
}

function partsOf(claim: readonly Token[]): number {
  return new Set(claim.map(({ part }) => part)).size
}

const rank = { whole: 2, part: 1, none: 0 } as const

/** Support as a whole wins; otherwise the words that have most of the claim decide, also against it. */
function isBetter(span: Span, than: Span): boolean {
  const isWhole = span.support === 'whole'
  if (isWhole !== (than.support === 'whole')) return isWhole
  const gain = span.score - than.score
  if (span.isPair !== than.isPair) {
    return span.isPair ? gain > worthASecondSentence : gain >= -worthASecondSentence
  }
  return gain > 0 || (gain === 0 && rank[span.support] > rank[than.support])
}
