import { contentTerms, terms } from '../../shared/domain/terms.ts'
import type { TermWeight } from './keySentences.ts'
import type { ScoredSentence } from './retrieval.ts'

/** What the evidence of one passage is judged by. */
export interface EvidenceInput {
  readonly question: string
  readonly heading: string
  readonly text: string
  readonly sentences: readonly ScoredSentence[]
  readonly cosine: number
}

/** Below it the documents hold no answer, as far as one can tell. */
export const evidenceThreshold = 0.5

/** Logistic regression over features that are shares, so that it means the same for any question. */
const weights = { bias: -6, sentence: 4, passage: 4, cosine: 2 } as const

/**
 * How likely it is that a passage answers the question, 0 to 1: by how much of the question its
 * best sentence and all of it hold, weighed by idf, and by the cosine.
 */
export function evidenceOf(input: EvidenceInput, weight: TermWeight): number {
  const { sentence, passage, cosine } = evidenceFeatures(input, weight)
  return logistic(
    weights.bias +
      weights.sentence * sentence +
      weights.passage * passage +
      weights.cosine * cosine,
  )
}

export function evidenceFeatures(
  { question, heading, text, sentences, cosine }: EvidenceInput,
  weight: TermWeight,
): { readonly sentence: number; readonly passage: number; readonly cosine: number } {
  const asked = contentTerms(question)
  const total = asked.reduce((sum, term) => sum + weight(term), 0)
  if (total === 0) return { sentence: 0, passage: 0, cosine }
  const covered = (own: ReadonlySet<string>): number =>
    asked.reduce((sum, term) => sum + (own.has(term) ? weight(term) : 0), 0) / total
  const best = sentences.map((one) => covered(new Set(terms(one.text))))
  return {
    sentence: Math.max(0, ...best),
    passage: covered(new Set(terms(`${heading} ${text}`))),
    cosine,
  }
}

function logistic(value: number): number {
  return 1 / (1 + Math.exp(-value))
}
