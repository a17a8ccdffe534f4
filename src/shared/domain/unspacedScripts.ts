/**
 * Scripts that put no space between words. Code that splits words at spaces takes a whole line of
 * them for one word.
 */
const scripts = ['Han', 'Hiragana', 'Katakana', 'Thai', 'Lao', 'Khmer', 'Myanmar']

const letters = scripts.map((script) => `\\p{Script=${script}}`).join('')
const anyLetter = new RegExp(`[${letters}]`, 'u')
// Marks such as the long vowel ー belong to several scripts and so to none of these.
const runs = new RegExp(`[${letters}](?:[${letters}\\p{M}ー々〆]*[${letters}\\p{M}ー々〆])?`, 'gu')

export function hasUnspacedScript(text: string): boolean {
  return anyLetter.test(text)
}

/** Replaces every run of letters of these scripts. */
export function replaceUnspaced(text: string, replace: (run: string) => string): string {
  return hasUnspacedScript(text) ? text.replace(runs, replace) : text
}

/** Overlapping pairs of characters, as Lucene's CJKAnalyzer makes them; a lone one stays alone. */
export function characterPairs(run: string): string[] {
  const characters = Array.from(run)
  if (characters.length < 2) return characters
  return characters.slice(1).map((character, index) => `${characters[index] ?? ''}${character}`)
}

const eachLetter = new RegExp(`([${letters}])`, 'gu')

/** The text with a space on both sides of each of their letters. */
export function partUnspaced(text: string): string {
  return text.replace(eachLetter, ' $1 ')
}
