import { decodeAs } from './guessEncoding.ts'

/**
 * Decodes UTF-8 with stray bytes of another encoding in it, as in files that two programs wrote to.
 * Single bytes are those of windows-1252, where most of them come from.
 *
 * @returns null if the text is not mostly UTF-8: valid letters of several bytes must be as many as
 * stray bytes, which in other encodings they never are.
 */
export function decodeMixed(bytes: Uint8Array): string | null {
  if (!isMostlyUtf8(bytes)) return null
  const single = Uint8Array.from({ length: 256 }, (_, byte) => byte)
  const letters = decodeAs('windows-1252', single)?.text ?? ''
  const parts: string[] = []
  let start = 0
  const utf8 = new TextDecoder()
  for (let at = 0; at < bytes.byteLength;) {
    const length = sequenceLength(bytes, at)
    if (length > 0) {
      at += length
      continue
    }
    if (at > start) parts.push(utf8.decode(bytes.subarray(start, at)))
    parts.push(letters.charAt(bytes[at] ?? 0))
    at += 1
    start = at
  }
  parts.push(utf8.decode(bytes.subarray(start)))
  return parts.join('')
}

function isMostlyUtf8(bytes: Uint8Array): boolean {
  let valid = 0
  let stray = 0
  for (let at = 0; at < bytes.byteLength;) {
    const length = sequenceLength(bytes, at)
    if (length > 1) valid += 1
    else if (length === 0) stray += 1
    at += Math.max(1, length)
  }
  return valid > 0 && valid >= stray
}

/** Bytes of the valid character at a place (RFC 3629); 0: there is none. */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0
  if (first < 0x80) return 1
  const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2
  if (first < 0xc2 || first > 0xf4 || at + length > bytes.byteLength) return 0
  for (let next = 1; next < length; next += 1) {
    if (((bytes[at + next] ?? 0) & 0xc0) !== 0x80) return 0
  }
  const second = bytes[at + 1] ?? 0
  const isTooLong = (first === 0xe0 && second < 0xa0) || (first === 0xf0 && second < 0x90)
  const isTooLarge = (first === 0xed && second > 0x9f) || (first === 0xf4 && second > 0x8f)
  return isTooLong || isTooLarge ? 0 : length
}
