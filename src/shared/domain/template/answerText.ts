const articles = new Set(['a', 'an', 'the'])
/** ASCII punctuation as the script lists it, and its typographic kin. */
const punctuation = /[\p{P}$+<=>^`|~]/gu

/**
 * An answer without what makes no difference: capitals, punctuation, articles, white space
 * (`normalize_answer` of SQuAD's evaluation script, Rajpurkar et al. 2016). Composed and decomposed
 * accents are one.
 */
export function normalizeAnswer(text: string): string {
  return answerTokens(text).join(' ')
}

/**
 * Overlap of an answer with an accepted one, from 0 to 1: the harmonic mean of precision and recall
 * over tokens (Rajpurkar et al. 2016). Of two answers without tokens the one equals the other.
 */
export function tokenF1(accepted: string, given: string): number {
  const wanted = answerTokens(accepted)
  const found = answerTokens(given)
  if (wanted.length === 0 || found.length === 0) return wanted.length === found.length ? 1 : 0
  const left = new Map<string, number>()
  for (const token of wanted) left.set(token, (left.get(token) ?? 0) + 1)
  let shared = 0
  for (const token of found) {
    const count = left.get(token) ?? 0
    if (count === 0) continue
    shared += 1
    left.set(token, count - 1)
  }
  return (2 * shared) / (wanted.length + found.length)
}

function answerTokens(text: string): string[] {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replace(punctuation, '')
    .split(/\s+/u)
    .filter((token) => token !== '' && !articles.has(token))
}
