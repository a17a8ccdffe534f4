import type { StoredChunk } from '../../shared/domain/chunk.ts'
import { isStopWord, termsToFind } from '../../shared/domain/language/terms.ts'
import { passageTerms } from './passageTerms.ts'

/**
 * A passage as the full text index gets it: its terms and those of its headings and names, separated by
 * spaces, without function words. The index only counts them, so that search, counts and scores agree. Each
 * of the three is read by itself, as it is wherever a passage is compared.
 */
export function toSearchText(chunk: StoredChunk): string {
  const { heading, language, source = '' } = chunk
  const above = [source, heading].flatMap((text) => termsToFind(text, language))
  const own = passageTerms(chunk).filter((term) => !isStopWord(term, language))
  return [...above, ...own].join(' ')
}

/**
 * A question as the full text index gets it: its terms in each language of the passages, since a word may
 * have another stem in each.
 *
 * @param own the question's own language, whose function words are left out.
 */
export function toQueryText(question: string, languages: readonly string[], own?: string): string {
  const all = languages.flatMap((language) => termsToFind(question, language, own ?? language))
  return [...new Set(all)].join(' ')
}
