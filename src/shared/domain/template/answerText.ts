import { withoutInvisible } from '../invisibleSigns.ts'
import { replaceUnspaced } from '../unspacedScripts.ts'
import { plainNumber } from './plainNumber.ts'

const articles = new Set(['a', 'an', 'the'])
/** Marks around a word that say nothing about which word it is. */
const around = /^["'“”„‘’‚«»‹›`*([{¡¿]+|["'“”„‘’‚«»‹›`*)\]}.,:;!?…。，、；：！？]+$/gu
/** ".5" and ".net" begin with a sign of their own. */
const sentenceMarks = /^[.,:;!?…。，、；：！？]+(?![\p{L}\p{N}])/u
const dashes = /[\u2010-\u2015\u2212]/gu
const apostrophes = /[‘’ʼ]/gu
/** Spaces that separate thousands; an ordinary one may separate two numbers. */
const narrowGroups = /(?<=\p{Nd})[\u00A0\u2009\u202F](?=\p{Nd}{3}(?!\p{Nd}))/gu
const fullWidth = /[\uFF01-\uFF5E]/gu
const fullWidthOffset = 0xfee0
/** "10 – 12": the range is one token. */
const spacedRange = /(?<=\p{N})\s+-\s+(?=\p{N})/gu
/** "15 %", "20 °C". */
const spacedUnit = /(?<=\p{N})\s+(?=[%‰°])/gu
/** "U.S." */
const initials = /^(?:\p{L}\.)+\p{L}$/u
const dashAlone = /^-+$/u

/**
 * What open texts are compared by: two are the same answer if their keys are. Capitals, articles before a
 * word, marks around words and white space make no difference (as in SQuAD's evaluation script, Rajpurkar
 * et al. 2016, which takes the marks within words as well); composed and decomposed accents are one;
 * numbers count by their value. A text of nothing but such marks equals only itself.
 */
export function answerKey(text: string): string {
  const tokens = answerWords(text)
  return tokens.length === 0 ? `= ${composed(text).trim()}` : tokens.join(' ')
}

/**
 * Overlap of an answer with an accepted one, from 0 to 1: the harmonic mean of precision and recall
 * over tokens (Rajpurkar et al. 2016), which are characters where words are not separated. Of two answers
 * without tokens, F1 is 1 if they are the same.
 */
export function tokenF1(accepted: string, given: string): number {
  const wanted = answerTokens(accepted)
  const found = answerTokens(given)
  if (wanted.length === 0 || found.length === 0) {
    return answerKey(accepted) === answerKey(given) ? 1 : 0
  }
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

/** The same words, and the characters of scripts that put no space between words. */
export function answerTokens(text: string): readonly string[] {
  return answerWords(text).flatMap((word) =>
    replaceUnspaced(word, (run) => ` ${Array.from(run).join(' ')} `)
      .split(' ')
      .filter((token) => token !== ''),
  )
}

/** The words of a text as they are compared: numbers by their value, without capitals, marks and articles. */
export function answerWords(text: string): readonly string[] {
  const written = composed(text)
    .replace(dashes, '-')
    .replace(apostrophes, "'")
    .replace(narrowGroups, "'")
    .replace(spacedRange, '-')
    .replace(spacedUnit, '')
    .split(/\s+/u)
    .map(withoutMarks)
    .filter((token) => token !== '')
  return written.flatMap((token, at) => {
    if (at + 1 < written.length && isArticle(token, at)) return []
    if (dashAlone.test(token) && written.length > 1) return []
    return [plainNumber(token) ?? plainWord(token)]
  })
}

function plainWord(token: string): string {
  return (initials.test(token) ? token.replaceAll('.', '') : token).toLowerCase()
}

function composed(text: string): string {
  const narrow = text.replace(fullWidth, (sign) =>
    String.fromCharCode(sign.charCodeAt(0) - fullWidthOffset),
  )
  return withoutInvisible(narrow.normalize('NFC'))
}

/** Within a text a capital A is a name: "vitamin A deficiency". */
function isArticle(token: string, at: number): boolean {
  return articles.has(token.toLowerCase()) && (at === 0 || token !== 'A')
}

function withoutMarks(token: string): string {
  let bare = token
  for (;;) {
    const next = bare.replace(around, '').replace(sentenceMarks, '')
    if (next === bare) return bare
    bare = next
  }
}
