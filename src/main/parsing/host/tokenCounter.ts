import { replaceUnspaced } from '../../../shared/domain/unspacedScripts.ts'
import { cutLongWords } from '../../embedding/tokens/cutLongWords.ts'
import { openTokenizer } from '../../embedding/tokens/openTokenizer.ts'
import { rememberWords } from '../../embedding/tokens/rememberWords.ts'
import { createWordTokenizer } from '../../embedding/tokens/wordTokenizer.ts'
import type { CountTokens } from '../chunking/chunkOptions.ts'

/**
 * Counts tokens with the tokenizer of an embedder. The bundled one begins a token at every blank,
 * so that the parts between blanks can be counted one by one, each distinct one once: that makes
 * text as fast to measure as to read.
 *
 * @param directory contains `tokenizer.json` and `tokenizer_config.json`.
 */
export async function createTokenCounter(directory: string): Promise<CountTokens> {
  const open = await openTokenizer(directory)
  const encode =
    createWordTokenizer(open) ??
    ((text: string) => open.tokenizer.encode(text, { add_special_tokens: false }).ids)

  function countAll(text: string): number {
    return Math.max(encode(text).length, unspacedCharacters(text))
  }

  const countWord = rememberWords(countAll)
  return (text) => {
    const words = cutLongWords(text)
    // The tokenizer's own mark for a blank: a word that begins with it is no word to it.
    if (words.includes('▁')) return countAll(words)
    let count = 0
    for (const [word] of words.matchAll(/\S+/g)) count += countWord(word)
    return count
  }
}

/**
 * A tokenizer that does not know a script takes a whole line of it for one token, and a passage
 * would have no end. Language models, whose prompt it becomes, need about one token per character.
 */
function unspacedCharacters(word: string): number {
  let count = 0
  replaceUnspaced(word, (run) => {
    count += run.length
    return run
  })
  return count
}
