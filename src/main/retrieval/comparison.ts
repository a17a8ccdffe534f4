import { questionLanguage } from '../../shared/domain/language/questionLanguage.ts'
import type { CosineScale } from './cosineScale.ts'

/** How a question can be compared with passages of a language. */
export interface Comparison {
  /** ISO 639-1, of the question. */
  readonly asked: string
  /** Whether it is clearly in another language: then its words say nothing. */
  readonly isOther: boolean
  /** Whether the embedder knows both languages, so that a cosine says something. */
  readonly hasMeaning: boolean
}

/** Prepares a question once for each language of the passages. */
export function createComparison(
  question: string,
  scale: CosineScale,
): (language: string) => Comparison {
  const known = new Map<string, Comparison>()
  const knows = (language: string): boolean => scale(0, language) !== null
  return (language) => {
    const before = known.get(language)
    if (before !== undefined) return before
    const { language: asked, isOther } = questionLanguage(question, [language])
    const made = { asked, isOther, hasMeaning: knows(language) && (!isOther || knows(asked)) }
    known.set(language, made)
    return made
  }
}
