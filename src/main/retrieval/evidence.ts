import { contentTerms, isStopWord, terms } from '../../shared/domain/terms.ts'
import type { TermWeight } from './keySentences.ts'

/** A passage as its evidence is judged. */
export interface EvidenceInput {
  readonly heading: string
  readonly sentences: readonly { readonly text: string }[]
  /** Cosine with the question on the bundled embedder's scale; null where it is not known. */
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
  readonly cosine: number
  /** Share of the question's names and numbers that the passage does not have. */
  readonly missing: number
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
 * was found, so that a score means the same from question to question.
 *
 * Fitted on questions with and without an answer in the library, half of each: those of XQuAD with
 * their paragraph present or taken out, and every second one of CLAPNQ's; each question is
 * represented by the passage with the highest score. Fitted on either alone, the other's area under
 * the ROC curve is within 0.02 of what it is with these.
 */
export const evidenceWeights = {
  bias: -4.6,
  window: 3.8,
  passage: 3,
  cosine: 3,
  missing: -1.2,
} as const

/** Prepares a question; the result says how likely it is, 0 to 1, that a passage answers it. */
export function createEvidenceScore(
  question: string,
  weight: TermWeight,
): (passage: EvidenceInput) => number {
  const featuresOf = createEvidenceFeatures(question, weight)
  return (passage) => {
    const { window, passage: whole, cosine, missing } = featuresOf(passage)
    const sum =
      evidenceWeights.bias +
      evidenceWeights.window * window +
      evidenceWeights.passage * whole +
      evidenceWeights.cosine * cosine +
      evidenceWeights.missing * missing
    return 1 / (1 + Math.exp(-sum))
  }
}

export function createEvidenceFeatures(
  question: string,
  weight: TermWeight,
): (passage: EvidenceInput) => EvidenceFeatures {
  const asked = contentTerms(question).map((term) => ({ term, weight: weight(term) }))
  const total = asked.reduce((sum, one) => sum + one.weight, 0)
  const particulars = particularsOf(question)
  const covered = (...parts: readonly (ReadonlySet<string> | undefined)[]): number => {
    const found = asked.filter(({ term }) => parts.some((part) => part?.has(term) === true))
    return total === 0 ? 0 : found.reduce((sum, one) => sum + one.weight, 0) / total
  }
  return ({ heading, sentences, cosine }) => {
    const parts = sentences.map(({ text }) => new Set(terms(text)))
    const whole = [new Set(terms(heading)), ...parts]
    const absent = particulars.filter((term) => !whole.some((part) => part.has(term)))
    const long = parts.filter((part) => part.size >= shortestStatement)
    const said = long.length > 0 ? long : parts
    return {
      window: Math.max(0, ...said.map((part, index) => covered(part, said[index + 1]))),
      passage: covered(...whole),
      cosine: cosine ?? usualCosine,
      missing: particulars.length === 0 ? 0 : absent.length / particulars.length,
    }
  }
}

/**
 * Half way between the best passage's cosine where it answers and where nothing does (XQuAD, medians
 * 0.42 and 0.26): says nothing for or against.
 */
const usualCosine = 0.34

/** Words; a title in the text contains the question's words without saying anything about them. */
const shortestStatement = 5

/** Names (capital letters after the first word) and numbers: who has them not speaks of another. */
function particularsOf(question: string): string[] {
  const words = question.trim().split(/\s+/u).slice(1)
  const isTitle = words.length > 2 && words.every((word) => /^[^\p{Ll}]/u.test(word))
  const named = words.filter(
    (word) => /\p{N}/u.test(word) || (!isTitle && /^\W*\p{Lu}/u.test(word)),
  )
  return [...new Set(named.flatMap((word) => terms(word)))].filter((term) => !isStopWord(term))
}
