import path from 'node:path'
import { AutoTokenizer, env } from '@huggingface/transformers'
import { replaceUnspaced } from '../../../shared/domain/unspacedScripts.ts'
import type { CountTokens } from '../chunking/chunkOptions.ts'

/** Distinct words that are remembered; the counts of more are forgotten all at once. */
const rememberedWords = 200_000
/** Longer words are rarely met twice. */
const longestRemembered = 64

/**
 * Counts tokens with the tokenizer of an embedder. The bundled one begins a token at every blank,
 * so that the parts between blanks can be counted one by one, each distinct one once: that makes
 * text as fast to measure as to read.
 *
 * @param directory holds `tokenizer.json` and `tokenizer_config.json`.
 */
export async function createTokenCounter(directory: string): Promise<CountTokens> {
  env.allowRemoteModels = false
  env.localModelPath = path.dirname(directory) + path.sep
  const tokenizer = await AutoTokenizer.from_pretrained(path.basename(directory), {
    local_files_only: true,
  })
  const remembered = new Map<string, number>()

  function countAll(text: string): number {
    const tokens = tokenizer.encode(text, { add_special_tokens: false }).length
    return Math.max(tokens, unspacedCharacters(text))
  }

  function countWord(word: string): number {
    const known = remembered.get(word)
    if (known !== undefined) return known
    const count = countAll(word)
    if (word.length <= longestRemembered) {
      if (remembered.size >= rememberedWords) remembered.clear()
      // A slice keeps the whole text alive that it was cut from; a copy does not.
      remembered.set(Buffer.from(word).toString(), count)
    }
    return count
  }

  return (text) => {
    // The tokenizer's own mark for a blank: a word that begins with it is no word to it.
    if (text.includes('▁')) return countAll(text)
    let count = 0
    for (const [word] of text.matchAll(/\S+/g)) count += countWord(word)
    return count
  }
}

/**
 * A tokenizer that does not know a script takes a whole line of it for one token, and a passage
 * would have no end. Language models, whose prompt it becomes, need about one a character.
 */
function unspacedCharacters(word: string): number {
  let count = 0
  replaceUnspaced(word, (run) => {
    count += run.length
    return run
  })
  return count
}
