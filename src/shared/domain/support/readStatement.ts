import { irregularForms } from '../language/irregularForms.ts'
import { isStopWord, terms } from '../language/terms.ts'
import {
  auxiliaries,
  conditionWords,
  lightWords,
  negations,
  numberWords,
  phrases,
  poles,
  units,
  universals,
  type Pole,
} from './lexicon.ts'

interface Place {
  /** 0, or 1 in the second of two sentences. */
  readonly sentence: number
  /** Part of the statement between commas, "and", "but" and the like. */
  readonly part: number
  /** Stretch that a negation in it reaches: parts joined by "and" within one clause. */
  readonly scope: number
}

/** What a statement is compared by, in order. */
export type Token = Place &
  (
    | { readonly kind: 'number'; readonly term: string; readonly unit: string | null }
    /** "a month", "per page". */
    | { readonly kind: 'rate'; readonly term: string }
    | { readonly kind: 'pole'; readonly term: string; readonly pole: Pole }
    | { readonly kind: 'negation' | 'universal' | 'condition' | 'filler'; readonly term: string }
    | WordToken
  )

export interface WordToken extends Place {
  readonly kind: 'word'
  readonly term: string
  /** Written with a capital letter inside the statement. */
  readonly isName: boolean
  /** After an auxiliary: probably a verb or an adjective. */
  readonly isVerb: boolean
  readonly isLight: boolean
}

const piece =
  /\p{Nd}+(?:[.,:]\p{Nd}+)*(?![\p{L}\p{Nd}])|°[CFcf]\b|[%€$£]|[\p{L}\p{M}\p{N}]+(?:\/[\p{L}\p{N}]+)?|[,;:()\n–—]|[.!?](?=\s|$)/gu
const breaks = /^[,;:()\n–—.!?]$/u
const joins: ReadonlySet<string> = new Set(['and', 'or', 'und', 'oder', 'et'])
const contrasts: ReadonlySet<string> = new Set(['but', 'while', 'whereas', 'aber', 'mais'])
const perWords: ReadonlySet<string> = new Set(['per', 'a', 'an', 'each', 'every', 'pro', 'par'])

/** Reads a statement into what it can be compared by. */
export function readStatement(text: string): readonly Token[] {
  const plain = phrases.reduce(
    (found, [phrase, plainly]) => found.replace(phrase, plainly),
    text.normalize('NFKC'),
  )
  const pieces = plain.match(piece) ?? []
  const tokens: Token[] = []
  let place: Place = { sentence: 0, part: 0, scope: 0 }
  for (let at = 0; at < pieces.length; at += 1) {
    const moved = nextPlace(pieces, at, place)
    if (moved !== place) {
      place = moved
      continue
    }
    const { found, read } = readPiece(pieces, at, place)
    tokens.push(...found)
    at += read - 1
  }
  return tokens
}

/** The place after a comma or a conjunction; the same place if the piece is neither. */
function nextPlace(pieces: readonly string[], at: number, place: Place): Place {
  const word = (pieces[at] ?? '').toLowerCase()
  const { sentence, part, scope } = place
  if (breaks.test(word) || contrasts.has(word))
    return { sentence, part: part + 1, scope: scope + 1 }
  if (!joins.has(word)) return place
  const next = (pieces[at + 1] ?? '').toLowerCase()
  const isClause = auxiliaries.has(next) || negations.has(next)
  return { sentence, part: part + 1, scope: isClause ? scope + 1 : scope }
}

interface ReadPiece {
  readonly found: readonly Token[]
  /** Number of pieces that were read. */
  readonly read: number
}

function readPiece(pieces: readonly string[], at: number, place: Place): ReadPiece {
  return (
    readNumber(pieces, at, place) ??
    readRate(pieces, at, place) ?? { found: readWord(pieces, at, place), read: 1 }
  )
}

function readNumber(pieces: readonly string[], at: number, place: Place): ReadPiece | null {
  const value = valueOf(pieces[at])
  if (value === null) return null
  const tens = numberWords.get((pieces[at] ?? '').toLowerCase()) ?? 0
  const ones = numberWords.get((pieces[at + 1] ?? '').toLowerCase()) ?? 10
  const isPair = tens >= 20 && ones < 10
  const term = isPair ? String(tens + ones) : value
  const end = at + (isPair ? 2 : 1)
  const before = unitOf(pieces[at - 1] ?? '')
  const scale = /^(?:thousand|million|billion)$/iu.exec(pieces[end] ?? '')?.[0]?.toLowerCase()
  const after = end + (scale === undefined ? 0 : 1)
  const unit = unitAt(pieces, after)
  const token: Token = {
    ...place,
    kind: 'number',
    term: scale === undefined ? term : `${term} ${scale}`,
    unit: unit ?? (before !== null && /^[€$£]$/u.test(pieces[at - 1] ?? '') ? before : null),
  }
  return { found: [token], read: after - at + (unit === null ? 0 : 1) }
}

/** A number's value in one spelling; null if it is none. */
function valueOf(text = ''): string | null {
  const word = numberWords.get(text.toLowerCase())
  if (word !== undefined) return String(word)
  if (!/^\p{Nd}+(?:[.,:]\p{Nd}+)*$/u.test(text)) return null
  if (text.includes(':')) return text
  const grouped = /^\d{1,3}(?:,\d{3})+(?:\.\d+)?$/u.test(text) ? text.replaceAll(',', '') : text
  const plain = grouped.replace(',', '.')
  const trimmed = plain.includes('.') ? plain.replace(/\.?0+$/u, '') : plain
  return trimmed.replace(/^0+(?=\d)/u, '')
}

function unitAt(pieces: readonly string[], at: number): string | null {
  const text = pieces[at] ?? ''
  if (text.includes('/')) return text.toLowerCase()
  return unitOf(text)
}

function unitOf(text: string): string | null {
  // The verb, not the month.
  if (text === 'may') return null
  return units.get(text.toLowerCase()) ?? null
}

function readRate(pieces: readonly string[], at: number, place: Place): ReadPiece | null {
  if (!perWords.has((pieces[at] ?? '').toLowerCase())) return null
  const unit = unitOf(pieces[at + 1] ?? '')
  if (unit === null) return null
  return { found: [{ ...place, kind: 'rate', term: unit }], read: 2 }
}

function readWord(pieces: readonly string[], at: number, place: Place): readonly Token[] {
  const raw = pieces[at] ?? ''
  const word = raw.toLowerCase()
  if (negations.has(word)) return [{ ...place, kind: 'negation', term: word }]
  const universal = universals.get(word)
  if (universal !== undefined) return [{ ...place, kind: 'universal', term: universal }]
  if (conditionWords.has(word)) return [{ ...place, kind: 'condition', term: word }]
  const pole = poles.get(word)
  if (pole !== undefined) return [{ ...place, kind: 'pole', term: word, pole }]
  const found = termsOf(raw, at)
  const isInside = at > 0 && !/^[.!?:\n]$/u.test(pieces[at - 1] ?? '')
  return found.map((term) =>
    isStopWord(term) || (auxiliaries.has(raw) && raw === word)
      ? { ...place, kind: 'filler', term: word }
      : {
          ...place,
          kind: 'word',
          term,
          isName: isInside && /^\p{Lu}/u.test(raw),
          isVerb: isAfterAuxiliary(pieces[at - 1]),
          isLight: lightWords.has(irregularForms.get(word) ?? word),
        },
  )
}

function isAfterAuxiliary(before = ''): boolean {
  const word = before.toLowerCase()
  return word !== 'to' && auxiliaries.has(word)
}

/** "Mixture A": a capital letter is a name, except at the beginning, where it may be an article. */
function termsOf(raw: string, at: number): readonly string[] {
  const word = raw.toLowerCase()
  if (/^\p{Lu}$/u.test(raw) && raw !== 'I' && at > 0) return [`${word}#`]
  const unit = word.length > 2 ? unitOf(raw) : null
  return unit === null ? terms(word) : [unit]
}
