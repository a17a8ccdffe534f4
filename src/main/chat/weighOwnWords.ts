import type { Passage, ScoredSentence } from '../retrieval/retrieval.ts'

/** Scores the sentences of texts against a question; see `scoreSentences` of retrieval. */
export type ScoreSentences = (
  question: string,
  texts: readonly { readonly text: string; readonly heading: string; readonly start: number }[],
) => readonly (readonly ScoredSentence[])[]

/**
 * A completed question carries words of the one before it. They find the right passages, but the
 * sentence that answered before must not win again: here the words of the new question count as
 * much as the whole.
 */
export function weighOwnWords(
  question: string,
  passages: readonly Passage[],
  scoreSentences: ScoreSentences,
): Passage[] {
  const own = scoreSentences(question, passages)
  return passages.map((passage, index) => ({
    ...passage,
    sentences: passage.sentences.map((sentence, place) => ({
      ...sentence,
      score: (sentence.score + (own[index]?.[place]?.score ?? 0)) / 2,
    })),
  }))
}
