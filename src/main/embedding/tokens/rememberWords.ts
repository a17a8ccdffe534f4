/** A library has some hundred thousand words; more are typing errors and codes. */
const mostWords = 200_000
/** Longer words are seldom met twice. */
const longestKept = 64

/** Does the work for each distinct word once. After very many words all are forgotten at once. */
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
    // A slice keeps the whole text alive that it was cut from; a copy does not.
    known.set(Buffer.from(word).toString(), result)
    return result
  }
}
