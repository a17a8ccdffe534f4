import { contentTerms, terms, usualLanguage } from '../../../shared/domain/language/terms.ts'

/** A text whose words are compared in its own language. */
interface PassageToSearch {
  readonly text: string
  readonly heading: string
  /** ISO 639-1; absent: English. */
  readonly language?: string | undefined
}

/** Looks for the words of a query in one passage after another, and analyses as few as possible. */
export interface TermSearch {
  /** Whether a passage, with the headings above it, has all of them. */
  hasAll(passage: PassageToSearch): boolean
}

/** A query in the terms of a language. */
interface Sought {
  readonly terms: readonly string[]
  /** By term: the word, if it is found in a text by its letters alone. */
  readonly words: ReadonlyMap<string, string>
}

/**
 * @param frequency in how many passages of the library a term is, in each in its own language; null if
 * that is not known for sure. A term that was met so often is in no other.
 */
export function createTermSearch(
  query: string,
  frequency: ((term: string) => number) | null,
): TermSearch {
  const queries = new Map<string, Sought>()
  const left = new Map<string, number>()

  function soughtIn(language: string): Sought {
    const sought = queries.get(language) ?? readQuery(query, language)
    queries.set(language, sought)
    return sought
  }

  function isElsewhere(term: string): boolean {
    return frequency !== null && (left.get(term) ?? frequency(term)) <= 0
  }

  function analyse(text: string, { terms: wanted }: Sought, language: string): Set<string> {
    const own = new Set(terms(text, language))
    if (frequency !== null) {
      for (const term of wanted) {
        if (own.has(term)) left.set(term, (left.get(term) ?? frequency(term)) - 1)
      }
    }
    return own
  }

  return {
    hasAll({ text, heading, language = usualLanguage }) {
      const sought = soughtIn(language)
      if (sought.terms.length === 0) return false
      const missing = sought.terms.filter((term) => !isWritten(term, sought, text))
      if (missing.length === 0) return true
      const above = new Set(heading === '' ? [] : terms(heading, language))
      if (missing.some((term) => isElsewhere(term) && !above.has(term))) return false
      const own = analyse(text, sought, language)
      return sought.terms.every((term) => own.has(term) || above.has(term))
    },
  }
}

/** Shorter ones may be initials. */
const shortestWord = 3

function readQuery(query: string, language: string): Sought {
  const words = new Map<string, string>()
  for (const word of query.split(/\s+/u)) {
    if (!/^\p{Ll}+$/u.test(word) || word.length < shortestWord) continue
    const [term, ...others] = contentTerms(word, language)
    if (term !== undefined && others.length === 0) words.set(term, word)
  }
  return { terms: contentTerms(query, language), words }
}

function isWritten(term: string, { words }: Sought, text: string): boolean {
  const word = words.get(term)
  return word !== undefined && hasWord(text, word)
}

/** Whether a word is in a text between blanks, in the same letters: then its term is among the text's. */
function hasWord(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1)) {
    const isStart = at === 0 || /\s/u.test(text.charAt(at - 1))
    const end = at + word.length
    if (isStart && /^[.,;:!?)]?(?:\s|$)/u.test(text.slice(end, end + 2))) return true
  }
  return false
}
