import type { StoredChunk } from '../../shared/domain/chunk.ts'
import { termsToFind } from '../../shared/domain/language/terms.ts'
import { withHeading } from './withHeading.ts'

/**
 * A passage as the full text index gets it: its terms and those of its headings and names, separated by
 * spaces, without function words. The index only counts them, so that search, counts and scores agree.
 */
export function toSearchText(chunk: StoredChunk): string {
  const { language, source = '' } = chunk
  const text = source === '' ? withHeading(chunk) : `${source}\n${withHeading(chunk)}`
  return termsToFind(text, language).join(' ')
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
