import { listed } from '../listed.ts'

/** The languages that can be found in a text (ISO 639-1): those of the package `eld`. */
export const languageCodes = [
  'am',
  'ar',
  'az',
  'be',
  'bg',
  'bn',
  'ca',
  'cs',
  'da',
  'de',
  'el',
  'en',
  'es',
  'et',
  'eu',
  'fa',
  'fi',
  'fr',
  'gu',
  'he',
  'hi',
  'hr',
  'hu',
  'hy',
  'is',
  'it',
  'ja',
  'ka',
  'kn',
  'ko',
  'ku',
  'lo',
  'lt',
  'lv',
  'ml',
  'mr',
  'ms',
  'nl',
  'no',
  'or',
  'pa',
  'pl',
  'pt',
  'ro',
  'ru',
  'sk',
  'sl',
  'sq',
  'sr',
  'sv',
  'ta',
  'te',
  'th',
  'tl',
  'tr',
  'uk',
  'ur',
  'vi',
  'yo',
  'zh',
] as const
export type LanguageCode = (typeof languageCodes)[number]

let names: Intl.DisplayNames | undefined

/** The English name of a language: "German" for `de`. */
export function languageName(code: string): string {
  names ??= new Intl.DisplayNames(['en'], { type: 'language' })
  return names.of(code) ?? code
}

/** "German", "German and English", "German, English and French". */
export function languagesInWords(codes: readonly string[]): string {
  return listed(codes.map(languageName))
}

/** The code itself where it is one of the languages; else null. */
export function toLanguageCode(text: string | undefined): LanguageCode | null {
  return languageCodes.find((code) => code === text) ?? null
}
