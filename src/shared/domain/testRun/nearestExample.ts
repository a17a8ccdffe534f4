import { shingles } from '../shingles.ts'

/** So much of two texts' shingles must agree (Jaccard; Broder 1997) for one to give the other away. */
const nearAbove = 0.8

export interface KnownText {
  readonly id: string
  readonly text: string
}

/**
 * Finds the text that another is nearly a copy of. An index from shingle to text makes it quick:
 * only texts that share one are looked at.
 * @returns a function that gives the id of the nearest of `known`, or null if none is near
 */
export function createNearestText(known: readonly KnownText[]): (text: string) => string | null {
  const sizes: number[] = []
  const places = new Map<string, number[]>()
  for (const [index, { text }] of known.entries()) {
    const own = shingles(text)
    sizes.push(own.size)
    for (const shingle of own) {
      const found = places.get(shingle)
      if (found === undefined) places.set(shingle, [index])
      else found.push(index)
    }
  }
  // The shingle of texts without words: they have nothing in common but that.
  places.delete('')
  return (text) => {
    const own = shingles(text)
    const shared = new Map<number, number>()
    for (const shingle of own) {
      for (const index of places.get(shingle) ?? []) {
        shared.set(index, (shared.get(index) ?? 0) + 1)
      }
    }
    let nearest: number | null = null
    let most = nearAbove
    for (const [index, both] of shared) {
      const likeness = both / (own.size + (sizes[index] ?? 0) - both)
      if (likeness < most || (likeness === most && nearest !== null)) continue
      most = likeness
      nearest = index
    }
    return nearest === null ? null : (known[nearest]?.id ?? null)
  }
}
