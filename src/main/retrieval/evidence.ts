import { hasUnspacedScript } from '../../shared/domain/unspacedScripts.ts'
import {
  contentTerms,
  terms,
  usualLanguage,
  type TermWeight,
} from '../../shared/domain/language/terms.ts'
import { columnHeads } from './columnHeads.ts'
import { createComparison, type Comparison } from './comparison.ts'
import type { CosineScale } from './cosineScale.ts'
import { isStatement } from './keySentences.ts'
import { answersTo, type Answers } from './quantities.ts'

/** A passage as its evidence is judged. */
export interface EvidenceInput {
  readonly heading: string
  /** Words of the names of its file. */
  readonly source?: string | undefined
  /** ISO 639-1; English where it is not known. */
  readonly language?: string | undefined
  readonly sentences: readonly { readonly text: string }[]
  /** Cosine with the question; null where it is not known. */
  readonly cosine: number | null
}

/** What the evidence of a passage is judged by; all but the cosine are shares, from 0 to 1. */
export interface EvidenceFeatures {
  /**
   * The share of the question, weighted by idf, that the best two consecutive sentences contain.
   */
  readonly window: number
  /** The share of it that the passage with its heading contains. */
  readonly passage: number
  /** On the bundled embedder's scale; null where it says nothing. */
  readonly cosine: number | null
  /** Share of the question's names and numbers that the passage does not have. */
  readonly missing: number
  /** Whether the question is clearly in another language: then words can't be compared. */
  readonly isOtherLanguage: boolean
}

/**
 * Below it, the documents are taken to contain no answer. A wrong refusal withholds an answer that
 * is there; a wrong answer shows its citations, so that the reader can check it. So the threshold
 * is below 0.5: of the questions over paragraphs in the library (XQuAD) 11 % are refused, of those
 * whose paragraph was taken out 83 %, of those about something else altogether 97 %.
 */
export const evidenceThreshold = 0.4

/**
 * Logistic regression. Its features are shares and a cosine, none of them relative to what else
 * was found, so that a score means the same from question to question. Each question is represented by the
 * passage with the highest score.
 */
export const evidenceWeights = {
  /**
   * Where the embedder knows the language. Fitted on questions with and without an answer in the library,
   * half of each: those of XQuAD with their paragraph present or taken out, and every second one of
   * CLAPNQ's. Fitted on either alone, the other's area under the ROC curve is within 0.02 of what it is
   * with these.
   */
  wordsAndMeaning: { bias: -4.6, window: 3.8, passage: 3, cosine: 3, missing: -1.2 },
  /**
   * Where it does not. Fitted on every second question of XQuAD in Arabic, Chinese, Romanian, Russian and
   * Turkish, with their paragraph present or taken out. The areas under the curve of the other half are
   * within 0.005 of those with weights fitted on all languages and English.
   */
  words: { bias: -3.2, window: 3.8, passage: 4.2, cosine: 0, missing: -2.6 },
  /** For a question in another language. Fitted on the cosines of XQuAD's and CLAPNQ's English questions. */
  meaning: { bias: -2.1, window: 0, passage: 0, cosine: 5.8, missing: 0 },
} as const

/** Pairs of characters coincide less often than words do: many of a question's span two words. */
const unspacedBias = 0.4

/** Prepares a question; the result says how likely it is, 0 to 1, that a passage answers it. */
export function createEvidenceScore(
  question: string,
  weight: TermWeight,
  scale: CosineScale,
): (passage: EvidenceInput) => number {
  const featuresOf = createEvidenceFeatures(question, weight, scale)
  const isUnspaced = hasUnspacedScript(question)
  return (passage) => {
    const features = featuresOf(passage)
    const weights = evidenceWeights[readingOf(features)]
    const sum =
      weights.bias +
      (weights.window > 0 && isUnspaced ? unspacedBias : 0) +
      weights.window * features.window +
      weights.passage * features.passage +
      weights.cosine * (features.cosine ?? 0) +
      weights.missing * features.missing
    return 1 / (1 + Math.exp(-sum))
  }
}

/** What a passage can be judged by. */
function readingOf({ cosine, isOtherLanguage }: EvidenceFeatures): keyof typeof evidenceWeights {
  if (cosine === null) return 'words'
  return isOtherLanguage ? 'meaning' : 'wordsAndMeaning'
}

export function createEvidenceFeatures(
  question: string,
  weight: TermWeight,
  scale: CosineScale,
): (passage: EvidenceInput) => EvidenceFeatures {
  const compare = createComparison(question, scale)
  const askedIn = createAsked(question, weight, compare)
  return ({ heading, source = '', sentences, cosine, language = usualLanguage }) => {
    const names = new Set(terms(source, language))
    const { isOther, hasMeaning } = compare(language)
    const { asked, particulars } = besidesNames(askedIn(language), names)
    const partOf = (text: string): Part => ({ text, terms: new Set(terms(text, language)) })
    const parts = sentences.map(({ text }) => partOf(text))
    const heads = columnHeads(parts.map(({ text }) => text))
    const all = [partOf(heading), ...parts]
    const absent = particulars.filter((term) => !all.some((part) => part.terms.has(term)))
    const rows = parts.map((part, at) => ({ part, head: parts[heads[at] ?? -1] }))
    const long = rows.filter(({ part }) => isStatement(part.text, part.terms))
    const said = long.length > 0 ? long : rows
    const windows = said.map(({ part, head }, at) =>
      covered(asked, [part, said[at + 1]?.part, head]),
    )
    return {
      window: Math.max(0, ...windows),
      passage: covered(asked, all),
      cosine: cosine === null || !hasMeaning ? null : scale(cosine, language),
      missing: particulars.length === 0 ? 0 : absent.length / particulars.length,
      isOtherLanguage: isOther,
    }
  }
}

interface Part {
  readonly text: string
  readonly terms: ReadonlySet<string>
}

interface AskedTerm {
  readonly term: string
  readonly weight: number
  /** What else answers it, if it asks for a quantity. */
  readonly answers: Answers | null
}

/** What is asked, as the words of a language. */
interface Asked {
  readonly asked: readonly AskedTerm[]
  readonly particulars: readonly string[]
}

/** A price is nearly as good as the word "cost", and a number of euros says a part of it. */
const likeWeight = 0.5
const amountWeight = 0.25

/** The share of what is asked, by weight, that some parts of a passage have together. */
function covered(asked: readonly AskedTerm[], parts: readonly (Part | undefined)[]): number {
  let found = 0
  let total = 0
  for (const { term, weight, answers } of asked) {
    const has = (test: (part: Part) => boolean): boolean =>
      parts.some((part) => part !== undefined && test(part))
    const isLike = (part: Part): boolean =>
      answers !== null && [...answers.words].some((word) => part.terms.has(word))
    if (has((part) => part.terms.has(term))) {
      found += weight
      total += weight
    } else if (has(isLike)) {
      found += likeWeight * weight
      total += likeWeight * weight
    } else if (has(({ text }) => answers?.hasAmount(text) === true)) {
      found += amountWeight * weight
      total += likeWeight * weight
    } else total += weight
  }
  return total === 0 ? 0 : found / total
}

/**
 * What names the file tells which document is meant; the rest must be in it. A question of nothing but
 * names is about what they say.
 */
function besidesNames(whole: Asked, names: ReadonlySet<string>): Asked {
  const asked = whole.asked.filter(({ term }) => !names.has(term))
  if (asked.length === whole.asked.length || asked.length === 0) return whole
  return { asked, particulars: whole.particulars.filter((term) => !names.has(term)) }
}

/** Prepares a question once for each language of the passages. */
function createAsked(
  question: string,
  weight: TermWeight,
  compare: (language: string) => Comparison,
): (language: string) => Asked {
  const known = new Map<string, Asked>()
  return (language) => {
    const before = known.get(language)
    if (before !== undefined) return before
    const own = compare(language).asked
    const asked = contentTerms(question, language, own).map((term) => ({
      term,
      weight: weight(term),
      answers: answersTo(term, language),
    }))
    const made = { asked, particulars: particularsOf(question, language, own) }
    known.set(language, made)
    return made
  }
}

/** All nouns begin with a capital letter there. */
const capitalNouns = new Set(['de', 'lb'])

/** Names (capital letters after the first word) and numbers: who has them not speaks of another. */
function particularsOf(question: string, language: string, own: string): string[] {
  const words = question.trim().split(/\s+/u).slice(1)
  const isTitle = words.length > 2 && words.every((word) => /^[^\p{Ll}]/u.test(word))
  const isName = capitalNouns.has(own) ? /^\W*\p{Lu}{2,}/u : /^\W*\p{Lu}/u
  const named = words.filter((word) => /\p{N}/u.test(word) || (!isTitle && isName.test(word)))
  return [...new Set(named.flatMap((word) => contentTerms(word, language, own)))]
}
