/** How a text without a byte order mark is stored, if its bytes can be nothing else. */
export type WideEncoding = 'utf-16le' | 'utf-16be' | 'utf-32le' | 'utf-32be'

const sampleBytes = 4096
/** Share of a sample's characters that must be such as texts have. */
const mostly = 0.97

/**
 * Text of two or four bytes a character without a mark. Zeros show it in Latin text; in other scripts
 * there are few, at blanks and line ends: then most of what the bytes say must be words of few scripts.
 */
export function wideEncodingOf(bytes: Uint8Array): WideEncoding | null {
  const length = Math.min(bytes.byteLength, sampleBytes) & ~3
  if (length < 8) return null
  const zeros = [0, 0, 0, 0]
  for (let at = 0; at < length; at += 1)
    if (bytes[at] === 0) zeros[at % 4] = (zeros[at % 4] ?? 0) + 1
  const [a = 0, b = 0, c = 0, d = 0] = zeros
  const quarter = length / 4
  if (d === quarter && c > quarter * 0.9 && a === 0) return isText('utf-32le', bytes, length)
  if (a === quarter && b > quarter * 0.9 && d === 0) return isText('utf-32be', bytes, length)
  if (a + c === 0 && b + d > 0) return isText('utf-16le', bytes, length)
  if (b + d === 0 && a + c > 0) return isText('utf-16be', bytes, length)
  return null
}

function isText(encoding: WideEncoding, bytes: Uint8Array, length: number): WideEncoding | null {
  const text = decodeWide(encoding, bytes.subarray(0, length))
  // Half of a pair may be at the end of the sample.
  const characters = Array.from(text).slice(0, -1)
  const usual = characters.filter((one) => /[\p{L}\p{M}\p{N}\p{P}\p{S}\p{Zs}\n\r\t]/u.test(one))
  const blanks = characters.filter((one) => /[\s\p{P}]/u.test(one)).length
  const isUsual = usual.length >= characters.length * mostly && scriptsOf(characters) <= 3
  return isUsual && blanks > 0 ? encoding : null
}

const scripts = ['Latin', 'Cyrillic', 'Greek', 'Arabic', 'Hebrew', 'Han', 'Hangul', 'Thai']
  .concat(['Hiragana', 'Devanagari', 'Georgian', 'Armenian', 'Bengali', 'Tamil'])
  .map((name) => new RegExp(`\\p{Script=${name}}`, 'u'))

/** Scripts of its letters, unknown ones counted as many. */
function scriptsOf(characters: readonly string[]): number {
  const letters = characters.filter((one) => /\p{L}/u.test(one))
  const found = new Set(letters.map((one) => scripts.findIndex((script) => script.test(one))))
  const isKana = [...found].includes(8)
  return found.size - (isKana ? 1 : 0) + (found.has(-1) ? scripts.length : 0)
}

/** Decodes UTF-16, and UTF-32, which no runtime knows; a mark at the beginning is left out. */
export function decodeWide(encoding: WideEncoding, bytes: Uint8Array): string {
  if (encoding === 'utf-16le' || encoding === 'utf-16be')
    return new TextDecoder(encoding).decode(bytes)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const parts: string[] = []
  for (let at = 0; at + 4 <= bytes.byteLength; at += 4) {
    const code = view.getUint32(at, encoding === 'utf-32le')
    const isCharacter = code <= 0x10ffff && (code < 0xd800 || code > 0xdfff)
    if (at > 0 || code !== 0xfeff) parts.push(isCharacter ? String.fromCodePoint(code) : '\uFFFD')
  }
  return parts.join('')
}
