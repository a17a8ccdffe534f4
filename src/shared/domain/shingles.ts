import { terms } from './language/terms.ts'

const shingleLength = 3

/**
 * The runs of three terms in a text, each once (Broder 1997): texts that share most of them say the
 * same in nearly the same words. A text of fewer terms is one shingle; one without terms has the
 * empty one.
 */
export function shingles(text: string): ReadonlySet<string> {
  const words = terms(text)
  const found = new Set<string>()
  for (let i = 0; i < Math.max(1, words.length - shingleLength + 1); i += 1) {
    found.add(words.slice(i, i + shingleLength).join(' '))
  }
  return found
}

/** What two sets share over what is in either: 0 to 1; 0 of two empty ones. */
export function jaccard(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const [small, large] = a.size < b.size ? [a, b] : [b, a]
  if (large.size === 0) return 0
  let shared = 0
  for (const one of small) if (large.has(one)) shared += 1
  return shared / (small.size + large.size - shared)
}
