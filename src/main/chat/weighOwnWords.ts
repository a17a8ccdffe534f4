import type { Passage, ScoredSentence } from '../retrieval/retrieval.ts'

/** Scores the sentences of texts against a question; see `scoreSentences` of retrieval. */
export type ScoreSentences = (
  question: string,
  texts: readonly { readonly text: string; readonly heading: string; readonly start: number }[],
) => readonly (readonly ScoredSentence[])[]

/**
 * A completed query contains words of the previous question. They find the right passages but
 * favour the sentence that answered that question, so a sentence's score becomes the mean of its
 * scores for the completed query and for the new question alone.
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
