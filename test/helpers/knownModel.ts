import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { readGgufFileInfo } from 'node-llama-cpp'
import { tinyModel } from './llmHost.ts'

/** Weights of a Q8_0 block, and its bytes: a scale (float16), then a weight a byte. */
const block = { weights: 32, bytes: 34 }
/** 1 as float16. */
const one = 0x3c00
const f32Bytes = 4

/** Tokens with which a quotation begins, in the beginning of a text and after a space. */
const quotation = ['“', '\u2581“']

/**
 * Writes a model into a folder whose answers are known beforehand: whatever it has read, one token
 * is likeliest, then come those that open a quotation, and all others are equally likely. Its numbers
 * have no rounding, so that every processor computes the same. In Quote it does not refuse, and the
 * search decides alone which sentence it is; what it writes repeats its token for as long as the form
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
    // The output shares these rows. Only the first number of each is not zero, which the norm before
    // the output makes the same for all, so that what was read makes no difference.
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
