import { movable, possessives, subjectPronouns } from './lexicon.ts'
import type { Token } from './readStatement.ts'
import { isSameToken } from './words.ts'

/**
 * Whether the claim joins a number with a word that the span joins with another number: "the barrier
 * closes at 14:00 on weekdays" for "at 21:00 on weekdays and at 14:00 on Saturdays".
 */
export function mixesParts(claim: readonly Token[], span: readonly Token[]): boolean {
  return claim.some((number) => {
    if (number.kind !== 'number') return false
    const homes = span.filter((token) => isSameToken(token, number))
    const company = claim.filter(
      (token) => token !== number && token.part === number.part && isFact(token),
    )
    const isOther = (token: Token): boolean =>
      token.kind === 'number' && ![number, ...company].some((own) => isSameToken(own, token))
    // "… and at 14:00 on Saturdays" continues with the subject before it.
    const isWhole = homes.some((home) => {
      const facts = span.filter((one) => one.part === home.part && isFact(one))
      return (
        facts.some(({ kind }) => kind === 'word') &&
        facts.every((one) => [number, ...company].some((own) => isSameToken(own, one)))
      )
    })
    if (homes.length === 0 || isWhole) return false
    return company.some((token) => belongsToAnother(token, homes, span, isOther))
  })
}

/** Whether a word is nowhere near a number of the claim, but near another. */
function belongsToAnother(
  token: Token,
  homes: readonly Token[],
  span: readonly Token[],
  isOther: (token: Token) => boolean,
): boolean {
  const found = span.filter((one) => isSameToken(one, token))
  const near = (one: Token, place: 'part' | 'sentence'): boolean =>
    homes.some((home) => home[place] === one[place])
  if (found.length === 0 || found.some((one) => near(one, 'part'))) return false
  const place = found.some((one) => near(one, 'sentence')) ? 'part' : 'sentence'
  return found.some((one) => span.some((other) => other[place] === one[place] && isOther(other)))
}

/**
 * Whether the span begins with something that the claim does not name, while the claim begins with
 * something from another part: "Helga has the keys" for "Karim has the keys; after that ask Helga".
 */
export function hasOtherSubject(claim: readonly Token[], span: readonly Token[]): boolean {
  const [first] = claim.filter(({ kind }) => kind === 'word')
  if (first === undefined) return false
  const shared = (part: number): number =>
    span.filter((one) => one.part === part && claim.some((token) => isSameToken(one, token))).length
  const parts = [...new Set(span.map(({ part }) => part))]
  const main = parts.reduce(
    (best, part) => (shared(part) > shared(best) ? part : best),
    parts[0] ?? 0,
  )
  const own = span.filter((one) => one.part === main)
  const subject = own.find(({ kind }) => kind !== 'filler')
  if (subject?.kind !== 'word' || subject.isLight) return false
  const isNamed = claim.some((token) => isSameToken(subject, token))
  const isThere = own.some((one) => isSameToken(one, first))
  return !isNamed && !isThere && span.some((one) => isSameToken(one, first))
}

/**
 * Whether the claim's subject is what the span only calls "its": "The river is the largest tributary
 * of the Wend" for "Its largest tributary is the Wend".
 */
export function isOwner(claim: readonly Token[], span: readonly Token[]): boolean {
  const subject = claim.find(isFact)
  if (subject === undefined) return false
  return [0, 1].some((sentence) => {
    const own = span.filter((one) => one.sentence === sentence)
    const fillers = own.filter(({ kind }) => kind === 'filler')
    return (
      own.some((one) => isFact(one) && claim.some((token) => isSameToken(one, token))) &&
      !own.some((one) => isSameToken(one, subject)) &&
      fillers.some(({ term }) => possessives.has(term)) &&
      !fillers.some(({ term }) => subjectPronouns.has(term))
    )
  })
}

/** Whether something that the span has before "before" or "than" comes after it in the claim. */
export function turnsAround(claim: readonly Token[], span: readonly Token[]): boolean {
  return [isTime, isThan].some((isHinge) => turnsAroundHinge(claim, span, isHinge))
}

type IsHinge = (token: Token, at: number, all: readonly Token[]) => boolean

const isTime: IsHinge = (token) => token.kind === 'pole' && token.pole.axis === 'time'
/** "More than two weeks" has no other side. */
const isThan: IsHinge = ({ term }, at, all) => term === 'than' && all[at + 1]?.kind !== 'number'

function turnsAroundHinge(
  claim: readonly Token[],
  span: readonly Token[],
  isHinge: IsHinge,
): boolean {
  const inClaim = sidesOf(claim, isHinge)
  const inSpan = sidesOf(span, isHinge)
  if (inClaim === null || inSpan === null) return false
  const has = (tokens: readonly Token[], token: Token): boolean =>
    tokens.some((one) => isSameToken(one, token))
  return (
    inClaim.inside.some((token) => has(inSpan.outside, token) && !has(inSpan.inside, token)) ||
    inClaim.outside.some((token) => has(inSpan.inside, token) && !has(inSpan.outside, token))
  )
}

interface Sides {
  /** What comes after the hinge, in the same part. */
  readonly inside: readonly Token[]
  readonly outside: readonly Token[]
}

function sidesOf(tokens: readonly Token[], isHinge: IsHinge): Sides | null {
  const at = tokens.findIndex(isHinge)
  const hinge = tokens[at]
  if (hinge === undefined) return null
  const isInside = (token: Token, index: number): boolean => index > at && token.part === hinge.part
  return {
    inside: tokens.filter((token, index) => isFact(token) && isInside(token, index)),
    outside: tokens.filter((token, index) => isFact(token) && !isInside(token, index)),
  }
}

/**
 * Whether the words that both have come in another order, as where subject and object are swapped.
 * A clause that moved as a whole, and a passive, are the same statement.
 */
export function isInOtherOrder(claim: readonly Token[], span: readonly Token[]): boolean {
  const kept = claim.flatMap((token, index) => {
    // The verb comes first in "Tighten the bolt", last in "the bolt is tightened".
    if (!isFact(token) || (token.kind === 'word' && token.isVerb)) return []
    const found = span.flatMap((one, at) => (isSameToken(one, token) ? [at] : []))
    const isOnce = claim.filter((one) => isSameToken(one, token)).length === 1
    return found.length === 1 && isOnce ? found.map((place) => ({ index, place })) : []
  })
  const places = kept.map(({ place }) => place)
  const descents = places.filter((place, at) => at > 0 && place < (places[at - 1] ?? 0)).length
  if (descents === 0) return false
  if (isPassive(claim) !== isPassive(span)) return false
  if (descents > 1 || (places.at(-1) ?? 0) > (places[0] ?? 0)) return true
  const turn = kept.findIndex(({ place }, at) => at > 0 && place < (places[at - 1] ?? 0))
  const blocks = [kept[0], kept[turn]].flatMap((block) => block ?? [])
  return !blocks.some(
    ({ index, place }) => canMove(claim.slice(0, index)) || canMove(span.slice(0, place)),
  )
}

/** Whether what follows these is a clause of time, place or condition, or begins a part. */
function canMove(before: readonly Token[]): boolean {
  const near = before.slice(-3).reverse()
  const fact = near.findIndex(isFact)
  const between = fact < 0 ? near : near.slice(0, fact)
  return between.some(
    (token) =>
      movable.has(token.term) ||
      token.kind === 'condition' ||
      (token.kind === 'pole' && token.pole.axis === 'time'),
  )
}

/**
 * Whether the claim joins two words of different parts where one of them has another companion:
 * "saved as TIFF" for "saved as PDF; choose TIFF for archives".
 */
export function splices(claim: readonly Token[], span: readonly Token[]): boolean {
  const facts = claim.filter(
    (token) => isFact(token) && span.some((one) => isSameToken(one, token)),
  )
  const isNew = (token: Token | undefined): boolean =>
    token?.kind === 'word' && !token.isLight && !claim.some((one) => isSameToken(one, token))
  return facts.some((first, at) => {
    const second = facts[at + 1]
    if (second?.part !== first.part) return false
    const own = span.filter((one) => isFact(one) && isSameToken(one, first))
    const other = span.filter((one) => isFact(one) && isSameToken(one, second))
    if (own.some((one) => other.some(({ part }) => part === one.part))) return false
    return own.every((one) => !isSubject(span, one) && isNew(nextFact(span, one)))
  })
}

/** Facts at the beginning of a sentence of which its later parts may speak too. */
const subjectLength = 2

function isSubject(span: readonly Token[], token: Token): boolean {
  return span
    .filter((one) => isFact(one) && one.sentence === token.sentence)
    .slice(0, subjectLength)
    .includes(token)
}

function nextFact(span: readonly Token[], token: Token): Token | undefined {
  return span.slice(span.indexOf(token) + 1).find((one) => isFact(one) && one.part === token.part)
}

function isPassive(tokens: readonly Token[]): boolean {
  return tokens.some(({ term }, at) => term === 'by' && tokens[at - 1]?.kind === 'word')
}

function isFact({ kind }: Token): boolean {
  return kind === 'word' || kind === 'number' || kind === 'rate'
}
