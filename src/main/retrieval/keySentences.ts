import { splitSentences } from '../../shared/domain/sentences.ts'
import { questionLanguage } from '../../shared/domain/language/questionLanguage.ts'
import {
  contentTerms,
  terms,
  usualLanguage,
  type TermWeight,
} from '../../shared/domain/language/terms.ts'
import { columnHeads, isRow } from './columnHeads.ts'
import { inverseFrequency } from './inverseFrequency.ts'
import { answersTo } from './quantities.ts'
import { readQuestion } from './questionCues.ts'
import type { ScoredSentence } from './retrieval.ts'

/** What is scored: a stretch of a page, which begins at `start` there. */
export interface PassageText {
  readonly text: string
  readonly heading: string
  /** Words of the names of its file. */
  readonly source?: string | undefined
  readonly start: number
  /** ISO 639-1; English where it is not known. */
  readonly language?: string | undefined
}

/**
 * The weight of a word of the question that the sentence itself lacks; a word in the sentence has
 * weight 1. These and the other weights are rounded: half or twice of each changes hit@1 by about
 * 0.01.
 */
const share = {
  /** Another form of the word: "founder" for "founded". */
  related: 0.5,
  /** In the sentence before, which pronouns point to. */
  before: 0.3,
  /** In a heading or label in the line before, or the name of a column, which is about this one. */
  label: 0.9,
  /** Another word for the quantity that is asked for: "price" for "cost"; and an amount of it. */
  like: 0.9,
  amount: 0.4,
  after: 0.15,
} as const
/**
 * What the passage is about need not be said again: how much of the question it contains as a
 * whole.
 */
const passageWeight = 0.3
/** "Before", "between", "by": how alike question and sentence are put. */
const stopWordWeight = 0.1
/** A sentence of the kind that is asked for; and one that can hardly be an answer. */
const kindWeight = 0.12
/** "Certificate 102" says nothing about who holds certificate 102. */
const repeatWeight = 0.5

/**
 * Scores every sentence of the passages against the question: the share of the question's words
 * that it contains, rare words first. Against BM25, a word counts once however often it is there
 * and a long sentence is as good as a short one: it is to be quoted, not to be found.
 *
 * @returns for each passage its sentences in reading order, as ranges of the page; scores run from
 * 0 to about 1.5 and can be compared across passages.
 */
export function scoreSentences(
  question: string,
  passages: readonly PassageText[],
  weight: TermWeight,
): ScoredSentence[][] {
  const split = passages.map(splitPassage)
  const askedIn = new Map(
    [...new Set(split.map(({ language }) => language))].map((language) => {
      const among = split.filter((one) => one.language === language)
      const sentences = among.flatMap((passage) => passage.sentences)
      return [language, readAsked(question, language, weight, sentences)]
    }),
  )
  return split.map(({ sentences: own, all, start, language }) => {
    const { content, stopWords, isOfKind, saysNothingElse } = askedIn.get(language) ?? nothingAsked
    return own.map((sentence, index) => {
      const isHead = sentence.head === sentence
      const found = sumOf(content, (term) =>
        Math.max(
          placeOf(term, sentence, own[index - 1], own[index + 1]),
          quantityIn(term, sentence, language),
        ),
      )
      const score =
        found +
        passageWeight * sumOf(content, (term) => (all.has(term) ? 1 : 0)) +
        stopWordWeight * sumOf(stopWords, (term) => (sentence.terms.has(term) ? 1 : 0)) +
        kindWeight * (Number(isOfKind(sentence.text)) - Number(isHardlyAnswer(sentence))) -
        repeatWeight * Number(isHead || (isLabel(sentence) && saysNothingElse(sentence)))
      return {
        start: start + sentence.start,
        end: start + sentence.end,
        text: sentence.text,
        score,
      }
    })
  })
}

interface Asked {
  readonly content: Weights
  readonly stopWords: Weights
  readonly isOfKind: (sentence: string) => boolean
  /** Whether it has no word but those of the question. */
  readonly saysNothingElse: (sentence: Sentence) => boolean
}

const nothingAsked: Asked = {
  content: [],
  stopWords: [],
  isOfKind: () => false,
  saysNothingElse: () => false,
}

/** The question in the terms of a language, weighed by the sentences in it. */
function readAsked(
  question: string,
  language: string,
  weight: TermWeight,
  sentences: readonly Sentence[],
): Asked {
  const own = questionLanguage(question, [language]).language
  const content = contentTerms(question, language, own)
  const known = new Set(content)
  const all = new Set(terms(question, language))
  const stopWords = [...all].filter((term) => !known.has(term))
  return {
    content: weigh(content, weight, sentences),
    stopWords: normalise(stopWords.map((term) => [term, weight(term)])),
    isOfKind: readQuestion(question, own),
    saysNothingElse: ({ terms: said }) => [...said].every((term) => all.has(term)),
  }
}

interface Sentence {
  readonly start: number
  readonly end: number
  readonly text: string
  readonly terms: ReadonlySet<string>
  /** The row that names the columns of this one, or this one if it is such a row. */
  head?: Sentence | undefined
}

function splitPassage(passage: PassageText): {
  readonly sentences: readonly Sentence[]
  readonly all: ReadonlySet<string>
  readonly start: number
  readonly language: string
} {
  const { text, heading, source = '', start, language = usualLanguage } = passage
  const sentences = splitSentences(text).map(({ start: from, end }): Sentence => {
    const whole = text.slice(from, end)
    // Between quotation marks a bullet says nothing.
    const own = whole.replace(bullet, '')
    return { start: end - own.length, end, text: own, terms: new Set(terms(own, language)) }
  })
  const heads = columnHeads(sentences.map((one) => one.text))
  for (const [at, sentence] of sentences.entries()) sentence.head = sentences[heads[at] ?? -1]
  const all = new Set([
    ...terms(`${source}\n${heading}`, language),
    ...sentences.flatMap((one) => [...one.terms]),
  ])
  return { sentences, all, start, language }
}

const bullet = /^[-*+•‣◦▪·–]\s+(?=\S)/u

type Weights = readonly (readonly [term: string, weight: number])[]

/**
 * Words rare in the library distinguish this subject from others, words rare in the passages one
 * sentence from the next; each counts half. In a small library the second is the surer one.
 */
function weigh(asked: readonly string[], weight: TermWeight, among: readonly Sentence[]): Weights {
  const local = normalise(
    asked.map((term) => {
      const holding = among.filter((sentence) => sentence.terms.has(term)).length
      return [term, inverseFrequency(among.length, holding)]
    }),
  )
  const library = new Map(normalise(asked.map((term) => [term, weight(term)])))
  return local.map(([term, value]) => [term, (value + (library.get(term) ?? value)) / 2])
}

function normalise(weights: Weights): Weights {
  const total = weights.reduce((sum, [, weight]) => sum + weight, 0)
  return total === 0 ? [] : weights.map(([term, weight]) => [term, weight / total])
}

function sumOf(weights: Weights, worth: (term: string) => number): number {
  return weights.reduce((sum, [term, weight]) => sum + weight * worth(term), 0)
}

function placeOf(
  term: string,
  own: Sentence,
  before: Sentence | undefined,
  after: Sentence | undefined,
): number {
  if (own.terms.has(term)) return 1
  if (own.head?.terms.has(term) === true) return share.label
  const isBefore = before?.terms.has(term) === true
  if (isBefore && isLabel(before)) return share.label
  if (hasRelated(own.terms, term)) return share.related
  if (isBefore) return share.before
  return after?.terms.has(term) === true ? share.after : 0
}

/** How far a term that asks for a quantity is answered by other words for it, or by an amount. */
function quantityIn(term: string, { text, terms: own, head }: Sentence, language: string): number {
  const answers = answersTo(term, language)
  if (answers === null) return 0
  const isSaid = [...answers.words].some((word) => own.has(word) || head?.terms.has(word) === true)
  if (isSaid) return share.like
  return answers.hasAmount(text) ? share.amount : 0
}

/** A line of few words that is no sentence, nor a row of a table: what follows is about it. */
function isLabel({ text, terms: own }: Sentence): boolean {
  return own.size < fewestOfStatement && !isRow(text) && !/[.!?:;,。！？]["'”’)]*$/u.test(text)
}

/** Shorter terms have too many chance relatives. */
const shortestRelated = 4

/** Whether two terms are of one family: most of the longer one is how both begin. */
export function areRelated(a: string, b: string): boolean {
  const needed = Math.max(shortestRelated, Math.ceil(0.7 * Math.max(a.length, b.length)))
  return Math.min(a.length, b.length) >= needed && a.slice(0, needed) === b.slice(0, needed)
}

function hasRelated(own: ReadonlySet<string>, term: string): boolean {
  if (term.length < shortestRelated) return false
  for (const other of own) if (areRelated(term, other)) return true
  return false
}

/** Terms. */
const fewestOfStatement = 5
const figure = /\p{N}/u

/**
 * "Total 420.00" says something, short as it is, and so do "Breakfast is included." and a row of a table; a
 * title has words without saying anything about them.
 */
export function isStatement(text: string, said: ReadonlySet<string>): boolean {
  if (said.size >= fewestOfStatement) return true
  return said.size > 1 && (figure.test(text) || isRow(text) || (said.size > 2 && ended.test(text)))
}

const ended = /[.!。！]["'”’)]*$/u

/** Questions answer nothing; headings and scraps name a thing without saying anything of it. */
function isHardlyAnswer({ text, terms: own }: Sentence): boolean {
  return !isStatement(text, own) || /\?["'”’)]*$/u.test(text)
}
