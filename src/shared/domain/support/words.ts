import type { Token, WordToken } from './readStatement.ts'

/** Stems of a kind ("north" and "northern") share all but their last few letters. */
const longestEnding = 3
const shortestStem = 5

export function isSameWord(token: Token, word: WordToken): boolean {
  if (token.kind === 'number' || token.kind === 'rate')
    return token.kind === 'number' && token.unit === word.term
  if (token.term === word.term) return true
  if (token.kind !== 'word') return false
  const [short, long] =
    token.term.length < word.term.length ? [token.term, word.term] : [word.term, token.term]
  return (
    short.length >= shortestStem &&
    long.length - short.length <= longestEnding &&
    long.startsWith(short)
  )
}

/** Words by their stems, everything else by its term. */
export function isSameToken(one: Token, other: Token): boolean {
  if (other.kind === 'word') return isSameWord(one, other)
  return one.kind === other.kind && one.term === other.term
}

/** Words between two others that may stand in the place of one. */
const longestPlace = 3

/**
 * Whether a word of the claim stands where the span has another word: after the same word, before
 * the same word, or at the beginning before the same word. "The quagga allowance" for "The kudu allowance".
 */
export function replacesWord(
  word: WordToken,
  claim: readonly Token[],
  span: readonly Token[],
): boolean {
  const at = claim.indexOf(word)
  const isThere = (token: Token): boolean => findIn(span, token) >= 0
  const solid = (token: Token): boolean => token.kind !== 'filler'
  const before = claim.slice(0, at).findLast((token) => solid(token) && token.part === word.part)
  const after = claim.slice(at + 1).find((token) => solid(token) && token.part === word.part)
  if (before !== undefined && isThere(before)) {
    return hasOther(span.slice(findIn(span, before) + 1), claim, before)
  }
  if (before === undefined && after !== undefined && isThere(after)) {
    return hasOther(span.slice(0, findIn(span, after)).reverse(), claim, after)
  }
  return false
}

/** Whether the next solid word, within the same part, is one that the claim lacks. */
function hasOther(following: readonly Token[], claim: readonly Token[], { kind }: Token): boolean {
  if (kind === 'filler') return false
  const next = following.slice(0, longestPlace).find((token) => token.kind !== 'filler')
  const first = following[0]
  if (next?.kind !== 'word' || next.isLight || next.part !== first?.part) return false
  return findIn(claim, next) < 0
}

function findIn(tokens: readonly Token[], token: Token): number {
  return tokens.findIndex((one) => isSameToken(one, token))
}
