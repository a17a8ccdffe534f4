import { jaccard, shingles } from '../../shared/domain/shingles.ts'

/** So much of two texts' shingles must agree (Jaccard; Broder 1997) for one to add nothing. */
const sameAbove = 0.9

/**
 * Remembers texts and reports whether another says the same except for a word or two, as copies of
 * one page in several versions of a file do.
 */
export function createDuplicateFilter(): (text: string) => boolean {
  const kept: ReadonlySet<string>[] = []
  return (text) => {
    const own = shingles(text)
    if (kept.some((other) => areAlike(own, other))) return true
    kept.push(own)
    return false
  }
}

function areAlike(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  // Sets whose sizes differ by more can't overlap that much: no need to count.
  if (Math.min(a.size, b.size) < sameAbove * Math.max(a.size, b.size)) return false
  return jaccard(a, b) >= sameAbove
}
