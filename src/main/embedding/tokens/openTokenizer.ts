import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { Tokenizer } from '@huggingface/tokenizers'
import { z } from 'zod'

/** A token as `tokenizer_config.json` names it: its text, or a record with it. */
const namedToken = z
  .union([z.string(), z.object({ content: z.string() }).transform(({ content }) => content)])
  .nullish()

const configFile = z.looseObject({
  unk_token: namedToken,
  pad_token: namedToken,
  eos_token: namedToken,
})

/** What is used of the library. Its own types import one another in a way that NodeNext cannot resolve. */
export interface LibraryTokenizer {
  /** With its special tokens, unless told otherwise. */
  encode(
    text: string,
    options?: { readonly add_special_tokens: boolean },
  ): { readonly ids: number[] }
  token_to_id(token: string): number | undefined
  readonly normalizer: ((text: string) => string) | null
  /** Cuts words into pieces of the vocabulary. */
  readonly model: ((words: readonly string[]) => readonly string[]) | null
}

const LibraryTokenizer = Tokenizer as unknown as new (
  file: object,
  config: object,
) => LibraryTokenizer

export interface OpenTokenizer {
  readonly tokenizer: LibraryTokenizer
  /** What is in its `tokenizer.json`. */
  readonly file: object
  /** Of what the vocabulary doesn't have; undefined if it has all there is. */
  readonly unknownId: number | undefined
  /** Of what fills a row up to the length of the longest. */
  readonly padId: number
}

/**
 * Opens the tokenizer of an embedder: the one that transformers.js has inside, without the rest of
 * transformers.js.
 *
 * @param directory holds `tokenizer.json` and `tokenizer_config.json`.
 * @throws what reading the files throws; ZodError, or an Error of the library, where they are no
 * tokenizer.
 */
export async function openTokenizer(directory: string): Promise<OpenTokenizer> {
  const [file, config] = await Promise.all(
    ['tokenizer.json', 'tokenizer_config.json'].map(async (name) =>
      z.looseObject({}).parse(JSON.parse(await readFile(path.join(directory, name), 'utf8'))),
    ),
  )
  const tokenizer = new LibraryTokenizer(file ?? {}, config ?? {})
  const { unk_token: unknown, pad_token: pad, eos_token: end } = configFile.parse(config)
  const idOf = (token: string | null | undefined): number | undefined =>
    typeof token === 'string' ? tokenizer.token_to_id(token) : undefined
  const unknownId = idOf(unknown)
  return { tokenizer, file: file ?? {}, unknownId, padId: idOf(pad ?? end) ?? unknownId ?? 0 }
}
