import { usualLanguage } from '../../shared/domain/language/terms.ts'
import { dot } from '../embedding/dot.ts'
import type { Embedder } from '../embedding/embedder.ts'
import { createComparison } from './comparison.ts'
import type { CosineScale } from './cosineScale.ts'
import type { ScoredSentence } from './retrieval.ts'

/** A passage with its sentences as their words score. */
export interface ScoredPassage {
  /** ISO 639-1; English where it is not known. */
  readonly language?: string | undefined
  readonly sentences: readonly ScoredSentence[]
}

/**
 * Scores the sentences of passages in another language than the question's by their cosine with it, where
 * the embedder knows both languages: no word of the question is in them. All others stay as they are.
 *
 * @param vector of the question; null if it has none.
 * @returns the sentences of each passage.
 * @throws AppError `cancelled`, and what the embedder throws
 */
export async function scoreByMeaning(
  question: string,
  vector: Float32Array | null,
  passages: readonly ScoredPassage[],
  { embedder, cosineScale }: { readonly embedder: Embedder; readonly cosineScale: CosineScale },
  signal?: AbortSignal,
): Promise<readonly (readonly ScoredSentence[])[]> {
  const compare = createComparison(question, cosineScale)
  const isForeign = ({ language = usualLanguage }: ScoredPassage): boolean => {
    const { isOther, hasMeaning } = compare(language)
    return isOther && hasMeaning
  }
  const foreign = vector === null ? [] : passages.filter(isForeign)
  const all = foreign.flatMap(({ sentences }) => sentences)
  if (all.length === 0) return passages.map(({ sentences }) => sentences)
  const texts = all.map(({ text }) => text)
  const vectors = await embedder.embed(texts, 'passage', signal)
  const cosines = new Map(all.map((sentence, at) => [sentence, dot(vector, vectors[at] ?? null)]))
  return passages.map(({ language = usualLanguage, sentences }) =>
    sentences.map((sentence) => {
      const cosine = cosines.get(sentence)
      if (cosine === undefined) return sentence
      return { ...sentence, score: cosine === null ? 0 : (cosineScale(cosine, language) ?? 0) }
    }),
  )
}
