import { contentTerms, terms } from '../../shared/domain/language/terms.ts'
import { questionLanguage } from '../../shared/domain/language/questionLanguage.ts'
import type { TermStatistics } from './termStatistics.ts'

/** In shorter words one letter makes another word. */
const shortestCorrected = 5

const word = /[\p{L}\p{M}]+/gu

/**
 * Replaces words of a question that the library does not have, by its word that differs in one letter: a
 * slip of the finger, or a spelling (Mueller for Müller). What both arms and the scores compare is the
 * corrected question; the person sees the one that was asked.
 *
 * @param languages of the passages that are searched.
 * @returns the question itself where nothing is corrected.
 */
export function correctSlips(
  question: string,
  languages: readonly string[],
  statistics: Pick<TermStatistics, 'documentFrequency' | 'terms'>,
): string {
  const own = questionLanguage(question, languages).language
  return question.replace(word, (found) => {
    if (found.length < shortestCorrected || contentTerms(found, own).length === 0) return found
    const stems = [...new Set(languages.flatMap((language) => terms(found, language)))]
    if (stems.some((stem) => statistics.documentFrequency(stem) > 0)) return found
    return nearest(stems, statistics) ?? found
  })
}

/** The most frequent of the terms one slip away. */
function nearest(
  stems: readonly string[],
  { documentFrequency, terms: all }: Pick<TermStatistics, 'documentFrequency' | 'terms'>,
): string | undefined {
  let best: string | undefined
  let most = 0
  for (const term of all()) {
    if (term.length < shortestCorrected - 1 || !stems.some((stem) => isSlipOf(term, stem))) continue
    const frequency = documentFrequency(term)
    if (frequency > most) {
      best = term
      most = frequency
    }
  }
  return best
}

/** Of a short stem another letter makes another word: who "holds" it is not who is called Holm. */
function isSlipOf(term: string, stem: string): boolean {
  const isAnotherWord = stem.length < shortestCorrected && stem.length === term.length
  return !isAnotherWord && isOneSlip(stem, term)
}

/**
 * Whether one letter is missing, added, different or in the place of its neighbour (Damerau 1964). People
 * rarely miss the first one.
 */
export function isOneSlip(a: string, b: string): boolean {
  if (a === b || !b.startsWith(a.charAt(0)) || Math.abs(a.length - b.length) > 1) return false
  let from = 1
  while (from < a.length && a[from] === b[from]) from += 1
  const rest = (text: string, skipped: number): string => text.slice(from + skipped)
  if (a.length > b.length) return rest(a, 1) === rest(b, 0)
  if (a.length < b.length) return rest(a, 0) === rest(b, 1)
  if (rest(a, 1) === rest(b, 1)) return true
  const isSwapped = a[from] === b[from + 1] && a[from + 1] === b[from]
  return isSwapped && rest(a, 2) === rest(b, 2)
}
