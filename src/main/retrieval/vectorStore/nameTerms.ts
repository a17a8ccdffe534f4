import { createLruCache } from '../../flow/lruCache.ts'
import { terms } from '../../../shared/domain/language/terms.ts'

/** The terms of the names of files, which the index holds together with those of their text. */
export interface NameTerms {
  /** Whether names, as a chunk stores them, have one of some terms. */
  hasAny(names: string, language: string, wanted: readonly string[]): boolean
}

/** Names of a large library: they are the same in all chunks of a document, and from search to search. */
const mostNames = 20_000

export function createNameTerms(): NameTerms {
  const known = createLruCache<string>(mostNames)

  function termsOf(names: string, language: string): string {
    const key = `${language} ${names}`
    const before = known.get(key)
    if (before !== undefined) return before
    const own = new Set(terms(names, language))
    const joined = ` ${[...own].join(' ')} `
    known.set(key, joined)
    return joined
  }

  return {
    hasAny(names, language, wanted) {
      if (names === '') return false
      const own = termsOf(names, language)
      return wanted.some((term) => own.includes(` ${term} `))
    },
  }
}
