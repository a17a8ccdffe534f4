/** Characters of the longest word that a tokenizer is given. */
const longestWord = 1_000

const longWords = new RegExp(`\\S{${String(longestWord)}}(?=\\S)`, 'gu')

/**
 * Puts a blank into words that no language has, at every `longestWord` characters: the library's
 * tokenizer takes time with the square of a word's length, and overflows the stack in the end.
 */
export function cutLongWords(text: string): string {
  if (text.length <= longestWord) return text
  // Word by word: tried at every character, the pattern takes time with the square of a word.
  return text.replace(/\S+/gu, (word) =>
    word.length <= longestWord ? word : word.replace(longWords, '$& '),
  )
}
