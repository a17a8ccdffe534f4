import type { Support } from '../conversation.ts'
import type { TermWeight } from '../language/terms.ts'
import { exclusiveWords, months, planWords, relatives } from './lexicon.ts'
import {
  hasOtherSubject,
  isInOtherOrder,
  isOwner,
  mixesParts,
  splices,
  turnsAround,
} from './arrangement.ts'
import type { Token, WordToken } from './readStatement.ts'
import { isSameToken, isSameWord, replacesWord } from './words.ts'

export interface Evidence {
  readonly span: readonly Token[]
  /** Heading, title, and what a pronoun of the span may stand for. */
  readonly around: readonly Token[]
  /** Whether nouns have capital letters, as in German, so that a capital makes no name. */
  readonly capitalNouns: boolean
  /** Whether the text is in a language whose function words are known, so that places compare. */
  readonly knownLanguage: boolean
}

export interface Comparison {
  readonly support: Support
  /** The share of the claim's weight that the span contains. */
  readonly score: number
}

/** The share of a claim's weight that must be there for support in part. */
const partFrom = 0.5

/**
 * Compares a claim with words that may support it. Whole: all that it says is there. None: it is
 * contradicted, or says much that is not there. Part: words alone can't decide.
 */
export function compareStatements(
  claim: readonly Token[],
  evidence: Evidence,
  weight: TermWeight,
): Comparison {
  const { span, around } = evidence
  if (isCopy(claim, span)) return { support: 'whole', score: 1 }
  const words = claim.filter((token) => token.kind === 'word')
  const held = words.filter((word) => has(span, word))
  const supplied = words.filter((word) => !held.includes(word) && has(around, word))
  const missing = words.filter((word) => !held.includes(word) && !supplied.includes(word))
  const score = shareOf([...held, ...supplied], [...supplied, ...missing, ...held], claim, weight)
  // Most spans of a source are about something else: nothing more is compared.
  if (score < partFrom) return { support: 'none', score }
  const isContradicted =
    numbersDiffer(claim, evidence) ||
    ratesDiffer(claim, evidence) ||
    negationsDiffer(claim, span) ||
    polesDiffer(claim, span) ||
    missing.some((word) => isDecisive(word, evidence, claim))
  if (isContradicted) return { support: 'none', score }
  const open = missing.filter(({ isLight }) => !isLight)
  const isDoubtful =
    open.length > 0 ||
    supplied.some((word) => replacesWord(word, claim, span)) ||
    hasMore(claim, span, around) ||
    dropsCondition(claim, span) ||
    mixesParts(claim, span) ||
    splices(claim, span) ||
    isCopyWithOtherNumbers(claim, span) ||
    isSettled(claim, span) ||
    // Even a light word counts where the heading has a part of the rest, or the claim foretells.
    (missing.length > 0 && (supplied.length > 0 || (isPlan(claim) && !isPlan(span)))) ||
    isOwner(claim, span) ||
    hasOtherSubject(claim, span) ||
    turnsAround(claim, span) ||
    isInOtherOrder(claim, span)
  const isAbout = held.some(({ isLight }) => !isLight) || supplied.length === 0
  if (!isDoubtful && isAbout && score > 0) return { support: 'whole', score }
  return { support: 'part', score }
}

function isCopy(claim: readonly Token[], span: readonly Token[]): boolean {
  return (
    claim.length === span.length &&
    claim.every((token, at) => {
      const other = span[at]
      return (
        other?.kind === token.kind && other.term === token.term && unitOf(other) === unitOf(token)
      )
    })
  )
}

/** The same words around another number: that the number is said of something else nearby is no proof. */
function isCopyWithOtherNumbers(claim: readonly Token[], span: readonly Token[]): boolean {
  for (let from = 0; from + claim.length <= span.length; from += 1) {
    const isAlike = claim.every((token, at) => {
      const other = span[from + at]
      return other?.kind === token.kind && (token.kind === 'number' || other.term === token.term)
    })
    if (isAlike) return !isCopy(claim, span.slice(from, from + claim.length))
  }
  return false
}

function unitOf(token: Token): string | null {
  return token.kind === 'number' ? token.unit : null
}

function shareOf(
  held: readonly WordToken[],
  all: readonly WordToken[],
  claim: readonly Token[],
  weight: TermWeight,
): number {
  // Words alone may be few; a number that is there counts as one of them.
  const numbers = claim.filter(({ kind }) => kind === 'number').length
  const sum = (words: readonly WordToken[]): number =>
    words.reduce((total, { term, isLight }) => total + (isLight ? 0.2 : 1) * weight(term), numbers)
  const total = sum(all)
  return total === 0 ? 0 : sum(held) / total
}

function has(tokens: readonly Token[], word: WordToken): boolean {
  return tokens.some((token) => isSameWord(token, word))
}

/** A missing word that can't be another word for what is there. */
function isDecisive(word: WordToken, evidence: Evidence, claim: readonly Token[]): boolean {
  if (/\p{Nd}/u.test(word.term) || exclusiveWords.has(word.term)) return true
  if (word.isName && !evidence.capitalNouns) return true
  if (word.isLight || word.isVerb || !evidence.knownLanguage) return false
  return replacesWord(word, claim, evidence.span)
}

function numbersDiffer(claim: readonly Token[], { span, around }: Evidence): boolean {
  const numbers = claim.filter((token) => token.kind === 'number')
  const counts = new Map<string, number>()
  for (const { term } of numbers) counts.set(term, (counts.get(term) ?? 0) + 1)
  return numbers.some((number) => {
    const { term, unit } = number
    const before = claim[claim.indexOf(number) - 1]
    const isNamedAlike = (token: Token, at: number): boolean => {
      if (unit !== null && unitOf(token) === unit) return true
      const other = around[at - 1]
      return before !== undefined && other !== undefined && isSame(before, other)
    }
    // "3 March" is no three of anything.
    const isIt = (token: Token): boolean =>
      token.kind === 'number' &&
      token.term === term &&
      (unit !== null || token.unit === null || !months.has(token.unit))
    const own = span.filter(isIt)
    // "Well 7" in a heading is no number of anything else.
    const near = around.filter((token, at) => isIt(token) && isNamedAlike(token, at))
    if (own.length + near.length < (counts.get(term) ?? 0)) return true
    const known = [...own, ...near].flatMap((token) =>
      token.kind === 'number' && token.unit !== null ? [token.unit] : [],
    )
    if (unit === null) return false
    return known.length > 0
      ? !known.includes(unit)
      : !span.some((token) => token.kind === 'word' && token.term === unit)
  })
}

function ratesDiffer(claim: readonly Token[], { span, around }: Evidence): boolean {
  const there = [...span, ...around]
  return claim.some(
    ({ kind, term }) =>
      kind === 'rate' &&
      there.some((token) => token.kind === 'rate') &&
      !there.some((token) => token.kind !== 'number' && token.term === term),
  )
}

/**
 * Whether one side denies what the other states. A denial reaches the words of its clause: those
 * that are in no other clause decide whether the claim speaks of it.
 */
function negationsDiffer(claim: readonly Token[], span: readonly Token[]): boolean {
  const denied = scopesDenied(span)
  const isDenial = claim.some(({ kind }) => kind === 'negation')
  const speaksOf = (scope: number): boolean => {
    const own = span.filter((token) => token.scope === scope)
    const only = own.filter(
      (token) => isTopic(token) && !span.some((one) => one.scope !== scope && isSame(one, token)),
    )
    return only.some((token) => claim.some((one) => isSame(one, token)))
  }
  if (!isDenial) return denied.some(speaksOf)
  return !denied.some(speaksOf)
}

function scopesDenied(span: readonly Token[]): readonly number[] {
  return [...new Set(span.filter(({ kind }) => kind === 'negation').map(({ scope }) => scope))]
}

function isTopic({ kind }: Token): boolean {
  return kind === 'word' || kind === 'pole' || kind === 'number'
}

function isSame(one: Token, other: Token): boolean {
  if (one.kind === 'pole') return other.kind === 'pole' && samePole(one, other)
  return isSameToken(other, one)
}

type PoleToken = Extract<Token, { kind: 'pole' }>

function samePole({ pole }: PoleToken, other: PoleToken): boolean {
  return pole.axis === other.pole.axis && pole.first === other.pole.first
}

/** Whether the claim has one end of a pair of opposites and the span only the other. */
function polesDiffer(claim: readonly Token[], span: readonly Token[]): boolean {
  return claim.some((token, at) => {
    if (token.kind !== 'pole') return false
    const onAxis = span.flatMap((one, place) =>
      one.kind === 'pole' && one.pole.axis === token.pole.axis
        ? [{ one, next: span[place + 1] }]
        : [],
    )
    // "After 17:00" is compared with what the span says of 17:00, if it says it.
    const number = claim[at + 1]
    const ofNumber = onAxis.filter(
      ({ next }) => number?.kind === 'number' && next !== undefined && isSame(number, next),
    )
    const there = ofNumber.length > 0 ? ofNumber : onAxis
    return there.length > 0 && !there.some(({ one }) => samePole(one, token))
  })
}

/** Whether the claim compares, or widens, where the span does not. */
function hasMore(
  claim: readonly Token[],
  span: readonly Token[],
  around: readonly Token[],
): boolean {
  return claim.some((token) => {
    if (token.kind === 'rate') {
      return ![...span, ...around].some((one) => one.kind !== 'number' && one.term === token.term)
    }
    if (token.kind === 'universal') {
      return !span.some((one) => one.kind === 'universal' && one.term === token.term)
    }
    if (token.kind !== 'pole') return false
    return !span.some((one) => one.kind === 'pole' && samePole(one, token))
  })
}

/** Whether the claim says that something has been done which the span says must or may be. */
function isSettled(claim: readonly Token[], span: readonly Token[]): boolean {
  const isDone = claim.some(
    ({ term }, at) => term === 'been' && ['has', 'have'].includes(claim[at - 1]?.term ?? ''),
  )
  return isDone && isPlan(span) && !isPlan(claim)
}

function isPlan(tokens: readonly Token[]): boolean {
  return tokens.some(({ term }) => planWords.has(term))
}

/** Whether the span holds only on a condition, or up to a number, of which the claim says nothing. */
function dropsCondition(claim: readonly Token[], span: readonly Token[]): boolean {
  return span.some((token, at) => {
    const rest = span.slice(at + 1)
    if (token.kind === 'condition' || token.term === 'only') {
      const own = rest.filter((one) => one.part === token.part && isTopic(one))
      // "If the tenant caused it, the tenant pays": the tenant alone says nothing of the condition.
      const only = own.filter(
        (one) => !span.some((other) => other.part !== one.part && isSame(other, one)),
      )
      const telling = only.length > 0 ? only : own
      return telling.length > 0 && !telling.some((one) => claim.some((word) => isSame(word, one)))
    }
    if (relatives.has(token.term) && span[at - 1]?.part === token.part) {
      const telling = rest.filter((one) => one.part === token.part && isTopic(one)).slice(0, 2)
      return telling.length > 0 && !telling.some((one) => claim.some((word) => isSame(word, one)))
    }
    if (token.kind !== 'pole' || token.pole.axis !== 'amount') return false
    const limit = rest.find(({ kind }) => kind !== 'filler')
    const others = span.filter(({ kind, part }) => kind === 'word' && part === token.part)
    return (
      limit?.kind === 'number' &&
      others.some((other) => claim.some((one) => isSame(one, other))) &&
      !claim.some((one) => isSame(one, limit))
    )
  })
}
