import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { readGgufFileInfo } from 'node-llama-cpp'
import { tinyModel } from './llmHost.ts'

/** Weights of a Q8_0 block, and its bytes: a scale (float16), then one byte per weight. */
const block = { weights: 32, bytes: 34 }
/** 1 as float16. */
const one = 0x3c00
const f32Bytes = 4

/** Tokens with which a quotation begins, at the beginning of a text and after a space. */
const quotation = ['“', '\u2581“']

/**
 * Writes a model with known answers into a folder: for any prompt, one token
 * is likeliest, then those that open a quotation, and all others are equally likely. Its numbers
 * are not rounded, so that every processor computes the same. In Quote it does not refuse, and the
 * search alone decides which sentence is quoted. Otherwise it repeats its token as long as the format
 * allows.
 *
 * It has the tokenizer, shape and chat format of the bundled model.
 *
 * @param likes a text that is one token, with the space before it.
 * @returns the path of the file.
 */
export async function writeKnownModel(directory: string, likes = ' house'): Promise<string> {
  const bytes = await readFile(tinyModel)
  const { metadata, fullTensorInfo = [] } = await readGgufFileInfo(tinyModel)
  const tokens = metadata.tokenizer.ggml.tokens
  const liked = tokens.indexOf(likes.replaceAll(' ', '\u2581'))
  if (liked < 0) throw new Error(`“${likes}” is no token`)
  const quoting = quotation.map((text) => tokens.indexOf(text))
  const start = Math.min(...fullTensorInfo.map(({ fileOffset }) => Number(fileOffset)))
  bytes.fill(0, start)
  for (const { name, dimensions, fileOffset } of fullTensorInfo) {
    const [width = 0] = dimensions.map(Number)
    const at = Number(fileOffset)
    if (name === 'output_norm.weight') {
      for (let index = 0; index < width; index += 1) bytes.writeFloatLE(1, at + index * f32Bytes)
    }
    // The output shares these rows. Only the first number of each is not zero; the norm before
    // the output makes it the same for all, so that the prompt makes no difference.
    if (name !== 'token_embd.weight') continue
    const row = (width / block.weights) * block.bytes
    for (const token of tokens.keys()) {
      bytes.writeUInt16LE(one, at + token * row)
      bytes.writeInt8(token === liked ? 3 : quoting.includes(token) ? 2 : 1, at + token * row + 2)
    }
  }
  const file = path.join(directory, 'known.gguf')
  await writeFile(file, bytes)
  return file
}
