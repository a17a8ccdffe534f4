/**
 * Large libraries have a few hundred thousand distinct words; most beyond that are typos and codes.
 */
const mostWords = 200_000
/** In characters. Longer words rarely occur twice. */
const longestKept = 64

/** Caches a function of words. The whole cache is cleared when it has `mostWords` entries. */
export function rememberWords<T extends number | readonly number[]>(
  work: (word: string) => T,
): (word: string) => T {
  const known = new Map<string, T>()
  return (word) => {
    const before = known.get(word)
    if (before !== undefined) return before
    const result = work(word)
    if (word.length > longestKept) return result
    if (known.size >= mostWords) known.clear()
    // A slice would keep the whole text that it was cut from in memory; a copy doesn't.
    known.set(Buffer.from(word).toString(), result)
    return result
  }
}
