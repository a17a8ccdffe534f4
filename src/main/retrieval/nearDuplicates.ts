import { terms } from '../../shared/domain/terms.ts'

/** So much of two texts' shingles must agree (Jaccard; Broder 1997) for one to add nothing. */
const sameAbove = 0.9
const shingleLength = 3

/**
 * Remembers texts and tells whether another says the same but for a word or two, as copies of one
 * page in several versions of a file do.
 */
export function createDuplicateFilter(): (text: string) => boolean {
  const kept: ReadonlySet<string>[] = []
  return (text) => {
    const own = shingles(text)
    if (kept.some((other) => jaccard(own, other) >= sameAbove)) return true
    kept.push(own)
    return false
  }
}

function shingles(text: string): ReadonlySet<string> {
  const words = terms(text)
  const found = new Set<string>()
  for (let i = 0; i < Math.max(1, words.length - shingleLength + 1); i += 1) {
    found.add(words.slice(i, i + shingleLength).join(' '))
  }
  return found
}

function jaccard(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const [small, large] = a.size < b.size ? [a, b] : [b, a]
  if (small.size < sameAbove * large.size) return 0
  let shared = 0
  for (const one of small) if (large.has(one)) shared += 1
  return shared / (small.size + large.size - shared)
}
