import { functionWords } from './functionWords.ts'
import { usualLanguage } from './terms.ts'

/** The language of a question, as far as its function words tell. */
export interface QuestionLanguage {
  /** ISO 639-1. */
  readonly language: string
  /** Whether it is clearly none of the languages that were expected. */
  readonly isOther: boolean
}

const word = /[\p{L}\p{M}]+/gu
/** Scripts that only one language in the list of function words is written in. */
const scripts: readonly (readonly [RegExp, string])[] = [
  [/[\p{Script=Hiragana}\p{Script=Katakana}]/u, 'ja'],
  [/\p{Script=Hangul}/u, 'ko'],
  [/\p{Script=Han}/u, 'zh'],
  [/\p{Script=Thai}/u, 'th'],
  [/\p{Script=Hebrew}/u, 'he'],
  [/\p{Script=Greek}/u, 'el'],
]
/** Fewer function words are chance: languages share short ones. */
const enoughWords = 2
/** An expected language with this share of the best one's function words may be meant. */
const shareToExpect = 0.5

/**
 * Which language a question is in: that with the most of its words among the function words. Short as it
 * is, a question has mostly such words, and no model of letters needs to be in memory for it.
 *
 * @param expected languages of the passages, the likeliest first: it is one of these if in doubt.
 */
export function questionLanguage(question: string, expected: readonly string[]): QuestionLanguage {
  const script = scripts.find(([letters]) => letters.test(question))?.[1]
  if (script !== undefined) {
    return { language: script, isOther: expected.length > 0 && !expected.includes(script) }
  }
  const words = new Set(question.toLowerCase().match(word))
  const counts = new Map([...lists()].map(([language, list]) => [language, shared(words, list)]))
  const countOf = (language: string): number => counts.get(language) ?? 0
  const most = Math.max(...counts.values())
  const candidates = [...expected, usualLanguage, ...counts.keys()]
  const likeliest = candidates.find((language) => countOf(language) === most) ?? usualLanguage
  const mayBeExpected = expected.some((language) => countOf(language) >= most * shareToExpect)
  if (most === 0) return { language: expected[0] ?? usualLanguage, isOther: false }
  return {
    language: likeliest,
    isOther: expected.length > 0 && most >= enoughWords && !mayBeExpected,
  }
}

function shared(words: ReadonlySet<string>, list: ReadonlySet<string>): number {
  let count = 0
  for (const one of words) if (list.has(one)) count += 1
  return count
}

let made: ReadonlyMap<string, ReadonlySet<string>> | undefined

function lists(): ReadonlyMap<string, ReadonlySet<string>> {
  made ??= new Map(
    Object.entries(functionWords).map(([language, list]) => [language, new Set(list)]),
  )
  return made
}
