import { stemmer } from 'stemmer'
import { characterPairs, hasUnspacedScript } from './unspacedScripts.ts'

/**
 * Splits text into the terms that words are compared by: lower-cased, accents folded, Porter
 * stems (package `stemmer`), numbers without thousands separators. Stop words stay in; see
 * `isStopWord`. Chinese, Japanese and Thai, which have no spaces, become pairs of characters.
 */
export function terms(text: string): string[] {
  const found: string[] = []
  for (const word of words(text)) {
    if (hasUnspacedScript(word)) found.push(...characterPairs(word))
    else found.push(stem(word))
  }
  return found
}

/** Whether a term (of `terms`) says nothing about what a text is about. */
export function isStopWord(term: string): boolean {
  return stopStems.has(term)
}

/** The terms of a text that say what it is about, each once, in order of appearance. */
export function contentTerms(text: string): string[] {
  return [...new Set(terms(text))].filter((term) => !stopStems.has(term))
}

const word = /\d+(?:[.,]\d+)*|[\p{L}\p{M}\p{N}]+/gu
const asciiOnly = /^[\x20-\x7e\s]*$/
/** "doesn't", "Newton's", "they'll": what follows the apostrophe is no word. */
const afterApostrophe = /['\u2019](?:s|t|re|ve|ll|d|m)(?![\p{L}\p{N}])/gu
/** U.S., e.g., Ph.D.: one word each. */
const dotted = /(?<![\p{L}\p{N}.])(?:\p{L}{1,2}\.)+\p{L}\./gu
const thousands = /^\d{1,3}(?:,\d{3})+(?:\.\d+)?$/

function words(text: string): string[] {
  const folded = asciiOnly.test(text) ? text.toLowerCase() : fold(text)
  const plain = folded
    .replace(afterApostrophe, ' ')
    .replace(dotted, (letters) => letters.replaceAll('.', ''))
  return (plain.match(word) ?? []).flatMap((found) => {
    if (!found.includes(',')) return [found]
    return thousands.test(found) ? [found.replaceAll(',', '')] : found.split(',')
  })
}

const letters: Readonly<Record<string, string>> = {
  ß: 'ss',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  æ: 'ae',
  œ: 'oe',
  ı: 'i',
}

/** Only the accents of Latin, Greek and Cyrillic and the points of Hebrew and Arabic are optional. */
function fold(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u00ad\u200b]/gu, '')
    .normalize('NFC')
    .replace(/[ßøłđæœı]/gu, (letter) => letters[letter] ?? letter)
}

/** A library has some ten thousand words that matter; typing errors must not fill the memory. */
const mostStems = 50_000
const stems = new Map<string, string>()
const latin = /^[a-z]+$/

function stem(word: string): string {
  const known = stems.get(word)
  if (known !== undefined) return known
  const found = latin.test(word) ? stemmer(word) : word
  if (stems.size >= mostStems) stems.clear()
  stems.set(word, found)
  return found
}

/**
 * Function words of English and the words that only make a question of a sentence. "Us", "may",
 * "will" and "it" name things too (US, May); of these only those that rarely do are listed.
 */
const stopStems: ReadonlySet<string> = new Set(
  `a about above after again against all also although am among an and another any are aren around
  as at be became because become been before being below between both but by can cannot could
  couldn did didn do does doesn doing don done down during each eg either else etc ever every few
  for from further get gets give given gives got had hadn has hasn have haven having he hence her
  here hers herself him himself his how however i ie if in into is isn it its itself just let
  many me might mine more most much must my myself neither nor not now of off often on once only
  onto or other others ought our ours ourselves out over own per perhaps please quite rather really
  same shall shan she should shouldn since so some such tell than that the their theirs them
  themselves then there therefore these they this those though through thus to too toward towards
  under until up upon very via was wasn we were weren what whatever when where whether which while
  who whoever whom whose why will with within without won would wouldn yet you your yours yourself
  yourselves`
    .split(/\s+/u)
    .map(stem),
)
