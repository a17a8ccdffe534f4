/** Words of a text: runs of letters and digits, with what joins them inside a word. */
export function countWords(text: string): number {
  let words = 0
  const word = /[\p{L}\p{N}]+(?:['’.-][\p{L}\p{N}]+)*/gu
  while (word.exec(text) !== null) words += 1
  return words
}
