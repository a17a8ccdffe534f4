import type { Confusion } from './estimate.ts'

/** What was expected in a row and what was given; null: nothing of the domain. */
export interface ClassPair {
  readonly expected: string
  readonly given: string | null
}

/**
 * Counts what was given where what was expected. Labels come in the order of `labels`, and after
 * them those that only occur in the rows.
 */
export function confusionOf(labels: readonly string[], pairs: readonly ClassPair[]): Confusion {
  const places = new Map<string, number>()
  const add = (label: string): number => {
    const known = places.get(label)
    if (known !== undefined) return known
    places.set(label, places.size)
    return places.size - 1
  }
  labels.forEach(add)
  const cells = pairs.map(
    ({ expected, given }) => [add(expected), given === null ? null : add(given)] as const,
  )
  const size = places.size
  const counts = Array.from({ length: size }, () => Array.from({ length: size + 1 }, () => 0))
  for (const [expected, given] of cells) {
    const row = counts[expected]
    const column = given ?? size
    if (row !== undefined) row[column] = (row[column] ?? 0) + 1
  }
  return { labels: [...places.keys()], counts }
}
