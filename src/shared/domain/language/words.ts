import { replaceUnspaced } from '../unspacedScripts.ts'

/** Soft hyphens and spaces of no width are not part of a word. */
const unseen = /[\u00ad\u200b-\u200d\u2060\ufeff]/gu
/** What is written without a space: words, numbers, and codes with their separators. */
const written = /[\p{L}\p{M}\p{N}]+(?:[-‐‑–.,/_:'’·][\p{L}\p{M}\p{N}]+)*[+#]{0,2}/gu
const writtenAscii = /[A-Za-z0-9]+(?:[-.,/_:'][A-Za-z0-9]+)*[+#]{0,2}/g
const asciiOnly = /^[\x20-\x7e\s]*$/
const plainWord = /^(?:\p{L}\p{Ll}+|\p{Ll})$/u
const separators = /[-‐‑–.,/_:'’·]+/u
const apostrophes = /['’]/u
/** U.S., e.g., Ph.D.: one word each. */
const dotted = /^(?:\p{L}{1,2}\.)+\p{L}{1,2}$/u
const digit = /\p{N}/u
const letter = /\p{L}/u
const inCapitals = /^\p{Lu}{2,}$/u
const lowerCase = /\p{Ll}/u
const version = /^v?(\d+(?:\.\d+)+)$/iu
const isoDate = /^(\d{4})-(\d{1,2})-(\d{1,2})$/u
const europeanDate = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/u
/** 12 000 with a space that does not break, or an apostrophe. */
const fixedGroups = /(?<=\d)[\u00a0\u202f'’](?=\d{3}(?!\d))/gu
const spacedGroups = /(?<![\p{L}\p{N}.,])\d{1,3}(?: \d{3})+(?![\p{L}\p{N}])/gu
const programming = /^\p{L}{1,3}[+#]{1,2}$/u

/** A word of a text, before it is reduced to a term. */
export interface Word {
  /** As written, without separators; codes and numbers in one spelling. */
  readonly text: string
  /**
   * `plain`: a word. `acronym`: one in capitals, in a text that has small letters. `capitals`: one that may
   * be an acronym, in a text of a few words that has none. `exact`: compared as it is: a number, C++.
   * `code`: letters and digits as one, in lower case without separators; a date. `part`: a piece of such a
   * code, another reading of a number, or what may be a code in a name in capitals.
   */
  readonly kind: 'plain' | 'acronym' | 'capitals' | 'exact' | 'code' | 'part'
}

/** Languages that write 1.000,5 for a thousand and a half; the others write 1,000.5. */
const commaDecimals = new Set(
  'bg ca cs da de el es fi fr hr hu id it nl no pl pt ro ru sk sl sr sv tr uk vi'.split(' '),
)
/** Languages in which what comes before an apostrophe is a word of its own without weight: l'eau, dell'anno. */
const elided = new Set(['fr', 'it', 'ca'])
/** Languages in which what follows it is an ending: Newton's, Ankara'nın. */
const suffixed = new Set(['en', 'tr', 'nl', 'fi', 'sv', 'da', 'no', 'de', 'id'])
const longestElided = 5
/** WHO REPORT is a name; a sentence in capitals has function words. */
const longestName = 3

/** How a text is written, which decides what capitals mean in it. */
type Capitals = 'mixed' | 'name' | 'all'

/**
 * The words of a text in order.
 *
 * @param language ISO 639-1: decides on decimal signs and apostrophes.
 */
export function wordsOf(text: string, language: string): readonly Word[] {
  const isAscii = asciiOnly.test(text)
  const plain = isAscii ? text.replace(fixedGroups, '') : tidy(text)
  const capitals = capitalsOf(plain)
  const words: Word[] = []
  let end = -1
  let spaced = ''
  for (const { 0: found, index } of plain.matchAll(isAscii ? writtenAscii : written)) {
    const follows = index === end + 1 && plain[end] === ' '
    end = index + found.length
    // Most words are like this, and this is done for every word of a library.
    const isPlain = plainWord.test(found)
    const continued = follows && spaced !== '' && !isPlain ? continueCode(spaced, found) : ''
    if (continued === '' && spaced !== '') words.push(...spacedCode(spaced, capitals))
    spaced = continued === '' && !isPlain && codeStart.test(found) ? found : continued
    if (isPlain) words.push({ text: found, kind: 'plain' })
    else words.push(...split(found, language, capitals))
  }
  if (spaced !== '') words.push(...spacedCode(spaced, capitals))
  if (!digit.test(plain)) return words
  for (const [groups] of plain.matchAll(spacedGroups)) {
    words.push({ text: groups.replaceAll(' ', ''), kind: 'part' })
  }
  return words
}

/** Of a word in capitals. */
const kindIn = { mixed: 'acronym', name: 'capitals', all: 'plain' } as const

function capitalsOf(text: string): Capitals {
  if (lowerCase.test(text)) return 'mixed'
  return text.trim().split(/\s+/u).length <= longestName ? 'name' : 'all'
}

function tidy(text: string): string {
  return partScripts(text.replace(unseen, '').replace(fixedGroups, '').normalize('NFKC'))
}

/** Years and names in letters touch Chinese and Japanese words. */
function partScripts(text: string): string {
  return replaceUnspaced(text, (run) => ` ${run} `)
}

/** A code in groups ("NO93 8601 1117 947"): capital letters first, then groups with digits. */
const codeStart = /^\p{Lu}{1,4}\d*$/u
const nextCode = /^(?:\p{Lu}{2,4}\d*|\p{Lu}\d+)$/u
const codeGroup = /^(?=.*\d)[\p{Lu}\d-]{1,8}$/u
const codeEnd = /^\p{Lu}$/u

function continueCode(sofar: string, found: string): string {
  if (sofar === '' || (nextCode.test(found) && digit.test(sofar))) return ''
  const fits = codeGroup.test(found) || (codeEnd.test(found) && /\d$/u.test(sofar))
  return fits ? `${sofar} ${found}` : ''
}

/** In a sentence in capitals, "IN 1750" is none. */
function* spacedCode(groups: string, capitals: Capitals): Generator<Word> {
  if (!groups.includes(' ') || capitals === 'all') return
  yield { text: joined(groups), kind: capitals === 'mixed' ? 'code' : 'part' }
}

function joined(code: string): string {
  return code.toLowerCase().replace(/[^\p{L}\p{M}\p{N}]+/gu, '')
}

function* split(found: string, language: string, capitals: Capitals): Generator<Word> {
  if (programming.test(found)) {
    yield { text: found.toLowerCase(), kind: 'exact' }
    return
  }
  const bare = found.replace(/[+#]+$/u, '')
  if (digit.test(bare)) yield* withDigits(bare, language)
  else if (dotted.test(bare)) yield { text: bare.replaceAll('.', ''), kind: 'plain' }
  else yield* withoutDigits(bare, language, capitals)
}

function* withoutDigits(found: string, language: string, capitals: Capitals): Generator<Word> {
  for (const part of found.split(/[-‐‑–.,/_:·]+/u)) {
    const [first = '', ...rest] = part.split(apostrophes)
    const isEnding = rest.length === 1 && suffixed.has(language)
    const isElided = rest.length > 0 && elided.has(language) && first.length <= longestElided
    const kept = isElided ? rest : isEnding ? [first] : [first, ...rest]
    for (const text of kept) {
      if (text === '') continue
      yield { text, kind: inCapitals.test(text) ? kindIn[capitals] : 'plain' }
    }
  }
}

function* withDigits(found: string, language: string): Generator<Word> {
  const date = isoDate.exec(found) ?? europeanDate.exec(found)
  const number = readNumber(found, language)
  const release = version.exec(found)?.[1]
  if (date !== null) yield* dateWords(date)
  else if (number !== null) yield* numberWords(found, number)
  else if (release !== undefined) yield { text: release, kind: 'code' }
  else yield* codeWords(found, language)
}

function* dateWords(found: readonly string[]): Generator<Word> {
  const [whole = '', first = '', second = '', third = ''] = found
  const isIso = isoDate.test(whole)
  const [year, month, day] = isIso ? [first, second, third] : [third, second, first]
  const digits = `${year}${month.padStart(2, '0')}${day.padStart(2, '0')}`
  yield { text: digits, kind: 'code' }
  for (const text of [year, month, day]) yield { text: String(Number(text)), kind: 'part' }
}

/** 1.200 can be a thousand two hundred or a little more than one: it is found as either. */
const ambiguous = /^\d{1,3}[.,]\d{3}$/u

function* numberWords(found: string, number: string): Generator<Word> {
  yield { text: number, kind: 'exact' }
  const isDecimal = number.includes('.')
  if (isDecimal && ambiguous.test(found)) {
    yield { text: found.replace(/[.,]/u, ''), kind: 'part' }
  }
}

const enumeration = /^\d+(?:,\d+)+$/u

function* codeWords(found: string, language: string): Generator<Word> {
  const parts = found.split(separators).filter((part) => part !== '')
  const isCode = parts.length > 1 && looksLikeCode(parts)
  if (parts.length > 1 && !enumeration.test(found))
    yield { text: joined(found), kind: isCode ? 'code' : 'part' }
  for (const part of parts) {
    const number = readNumber(part, language)
    // The letters of a code are no word: "IT-0187" is not about it.
    if (number !== null) yield { text: number, kind: isCode ? 'part' : 'exact' }
    else yield { text: part, kind: isCode ? 'part' : digit.test(part) ? 'exact' : 'plain' }
  }
}

/** "LBK-4471" and "7309-C2215-8D8", but not "type-2", "post-1945" or "COVID-19". */
function looksLikeCode(parts: readonly string[]): boolean {
  const isMixed = (part: string): boolean => digit.test(part) && letter.test(part)
  const isShort = (part: string): boolean => /^(?:\p{Lu}{1,4}|\p{N}+)$/u.test(part)
  return (
    parts.some((part) => letter.test(part)) && parts.every((part) => isMixed(part) || isShort(part))
  )
}

const wholeNumber = /^\d+$/u
const groups = { comma: /^\d{1,3}(?:,\d{3})+(?:\.\d+)?$/u, stop: /^\d{1,3}(?:\.\d{3})+(?:,\d+)?$/u }
const decimalStop = /^\d+\.\d+$/u
const decimalComma = /^\d+,\d+$/u

/** A number in digits with a decimal point; null for what is none, such as a version. */
function readNumber(found: string, language: string): string | null {
  if (wholeNumber.test(found)) return found
  if (commaDecimals.has(language)) {
    if (groups.stop.test(found)) return found.replaceAll('.', '').replace(',', '.')
    if (decimalComma.test(found)) return found.replace(',', '.')
  }
  if (groups.comma.test(found)) return found.replaceAll(',', '')
  return decimalStop.test(found) ? found : null
}
