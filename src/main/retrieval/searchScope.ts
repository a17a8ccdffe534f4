import type { FoundChunk, SearchLimits } from './chunkStore.ts'

/** How to search in some of the contents only. */
export type ScopePlan =
  /** All of them: no filter. */
  | { readonly kind: 'all' }
  /** Few chunks: look them up and compare every one. */
  | { readonly kind: 'exact' }
  /** Look them up, then search among them with the index. */
  | { readonly kind: 'filter' }
  /** Most of the library: find more without a filter, and drop what is outside. */
  | { readonly kind: 'drop'; readonly limit: number }

/** This many vectors are compared one by one in about 30 ms of processor time. */
const mostExact = 4_000
/** A filter of 4,000 names takes longer than the search; from this share on dropping is quicker. */
const shareToDrop = 0.5
/** Finds this much more than the share asks for, since hits are not spread evenly. */
const slack = 1.25

/** @param sizes number of chunks of each content in the library */
export function planScope(
  { limit, contents }: SearchLimits,
  sizes: ReadonlyMap<string, { readonly size: number }>,
): ScopePlan {
  if (contents === undefined) return { kind: 'all' }
  let inside = 0
  for (const contentId of contents) inside += sizes.get(contentId)?.size ?? 0
  if (inside <= mostExact) return { kind: 'exact' }
  let all = 0
  for (const { size } of sizes.values()) all += size
  const share = inside / all
  if (share < shareToDrop) return { kind: 'filter' }
  return { kind: 'drop', limit: Math.ceil((limit / share) * slack) }
}

/**
 * Searches without a filter and drops what is outside the scope. Where that leaves too few, the
 * search is done again with a filter, so the result is the same as with one.
 */
export async function searchAndDrop(
  limits: SearchLimits,
  most: number,
  searchAll: (limit: number) => Promise<FoundChunk[]>,
  searchFiltered: () => Promise<FoundChunk[]>,
): Promise<FoundChunk[]> {
  const found = await searchAll(most)
  const inside = found.filter(({ chunk }) => limits.contents?.has(chunk.contentId) === true)
  const isComplete = inside.length >= limits.limit || found.length < most
  return isComplete ? inside.slice(0, limits.limit) : searchFiltered()
}
