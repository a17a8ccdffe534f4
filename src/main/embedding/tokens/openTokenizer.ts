import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { Tokenizer } from '@huggingface/tokenizers'
import { z } from 'zod'

/** A token in `tokenizer_config.json`: its text, or an object with it. */
const namedToken = z
  .union([z.string(), z.object({ content: z.string() }).transform(({ content }) => content)])
  .nullish()

const configFile = z.looseObject({
  unk_token: namedToken,
  pad_token: namedToken,
  eos_token: namedToken,
})

/** The part of the library that is used. Its own types can't be resolved with NodeNext. */
export interface LibraryTokenizer {
  /** Adds special tokens unless `add_special_tokens` is false. */
  encode(
    text: string,
    options?: { readonly add_special_tokens: boolean },
  ): { readonly ids: number[] }
  token_to_id(token: string): number | undefined
  readonly normalizer: ((text: string) => string) | null
}

const LibraryTokenizer = Tokenizer as unknown as new (
  file: object,
  config: object,
) => LibraryTokenizer

export interface OpenTokenizer {
  readonly tokenizer: LibraryTokenizer
  /** What is in its `tokenizer.json`. */
  readonly file: object
  /** Id of unknown tokens; undefined if the vocabulary covers everything. */
  readonly unknownId: number | undefined
  /** Id of padding. */
  readonly padId: number
}

/**
 * Opens the tokenizer of an embedder: the tokenizer that transformers.js uses, without the rest of
 * transformers.js.
 *
 * @param directory folder with `tokenizer.json` and `tokenizer_config.json`.
 * @throws errors of reading the files; ZodError or an Error of the library if they aren't a valid
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
