/** In how many chunks each term occurs. */
export interface TermCounts {
  readonly chunks: number
  /** Terms of all chunks together. */
  readonly length: number
  readonly size: number
  /** Counts one chunk's terms in (1) or out (-1). */
  add(terms: readonly string[], sign: 1 | -1): void
  frequency(term: string): number
  entries(): IterableIterator<[string, number]>
}

export interface StartingCounts {
  readonly chunks: number
  readonly length: number
  readonly frequencies: Map<string, number>
}

export function createTermCounts(
  start: StartingCounts = { chunks: 0, length: 0, frequencies: new Map() },
): TermCounts {
  const { frequencies } = start
  let { chunks, length } = start
  return {
    get chunks() {
      return chunks
    },
    get length() {
      return length
    },
    get size() {
      return frequencies.size
    },
    add(terms, sign) {
      chunks += sign
      length += sign * terms.length
      for (const term of new Set(terms)) {
        const count = (frequencies.get(term) ?? 0) + sign
        if (count > 0) frequencies.set(term, count)
        else frequencies.delete(term)
      }
    },
    frequency: (term) => frequencies.get(term) ?? 0,
    entries: () => frequencies.entries(),
  }
}
