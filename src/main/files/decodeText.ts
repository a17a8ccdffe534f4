import { AppError } from '../../shared/errors.ts'
import { decodeAs, guessEncoding } from './guessEncoding.ts'
import { decodeMixed } from './mixedText.ts'
import { decodeWide, wideEncodingOf, type WideEncoding } from './unmarkedUnicode.ts'

/** Text, and how it was found out which bytes mean what. */
export interface DecodedText {
  /** With `\n` line ends. */
  readonly text: string
  /** As the Encoding Standard names it. */
  readonly encoding: string
  /** Nothing said so: other encodings are possible. */
  readonly guessed: boolean
}

interface TextLimits {
  /** Bytes of text that are in memory at once. */
  readonly textBytes: number
}

/**
 * Turns the bytes of a text file into text with `\n` line ends. A byte order mark decides; else
 * valid UTF-8 is UTF-8, as nothing else looks like it by chance; else the most likely encoding by
 * its letter frequencies (chardet), windows-1252 if even that is unsure.
 *
 * @param declared an encoding that the document names itself; tried before guessing.
 * @throws AppError `document-too-large`.
 */
export async function decodeText(
  bytes: Uint8Array,
  limits: TextLimits,
  declared?: string,
): Promise<string> {
  return (await decodeNamed(bytes, limits, declared)).text
}

/** The same, and which encoding it was. */
export async function decodeNamed(
  bytes: Uint8Array,
  limits: TextLimits,
  declared?: string,
): Promise<DecodedText> {
  if (bytes.byteLength > limits.textBytes) {
    throw new AppError(
      'document-too-large',
      `This file holds more than ${Math.floor(limits.textBytes / 1024 / 1024)} MB of text. Split it into smaller files and add those.`,
    )
  }
  const found =
    fromMark(bytes) ??
    fromEscapes(bytes, declared) ??
    fromUtf8(bytes) ??
    (await fromGuess(bytes, declared))
  // A zero in a text is no character: it parts words that are one.
  return { ...found, text: found.text.replace(/\r\n?/g, '\n').replaceAll('\0', '') }
}

function certain(encoding: string, bytes: Uint8Array): DecodedText {
  return { text: new TextDecoder(encoding).decode(bytes), encoding, guessed: false }
}

function fromMark(bytes: Uint8Array): DecodedText | null {
  const [a, b, c, d] = bytes
  if (a === 0xff && b === 0xfe && c === 0 && d === 0) return wide('utf-32le', bytes)
  if (a === 0 && b === 0 && c === 0xfe && d === 0xff) return wide('utf-32be', bytes)
  if (a === 0xef && b === 0xbb && c === 0xbf) return certain('utf-8', bytes)
  if (a === 0xff && b === 0xfe) return wide('utf-16le', bytes)
  if (a === 0xfe && b === 0xff) return wide('utf-16be', bytes)
  const unmarked = wideEncodingOf(bytes)
  return unmarked === null ? null : wide(unmarked, bytes)
}

function wide(encoding: WideEncoding, bytes: Uint8Array): DecodedText {
  return { text: decodeWide(encoding, bytes), encoding, guessed: false }
}

function fromUtf8(bytes: Uint8Array): DecodedText | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return { text, encoding: 'utf-8', guessed: false }
  } catch (error) {
    if (error instanceof TypeError) return null
    throw error
  }
}

async function fromGuess(bytes: Uint8Array, declared: string | undefined): Promise<DecodedText> {
  const named = declared === undefined ? null : decodeAs(declared, bytes)
  if (named !== null) return { ...named, guessed: false }
  const mixed = decodeMixed(bytes)
  if (mixed !== null) return { text: mixed, encoding: 'utf-8', guessed: true }
  const guessed = decodeAs(await guessEncoding(bytes), bytes) ?? certain('windows-1252', bytes)
  return { ...guessed, guessed: true }
}

/** ISO-2022-JP is written in ASCII bytes, so that it would pass for UTF-8. */
function fromEscapes(bytes: Uint8Array, declared: string | undefined): DecodedText | null {
  if (declared?.toLowerCase() !== 'iso-2022-jp' || !bytes.includes(0x1b)) return null
  const named = decodeAs(declared, bytes)
  return named === null ? null : { ...named, guessed: false }
}
