import { decodeAs } from '../../../files/guessEncoding.ts'

export type MailHeaders = ReadonlyMap<string, string>

/** In characters; real headers have a few thousand. */
const longestHead = 1024 * 1024

/**
 * Parts a message, or a part of one, into its headers and its body (RFC 5322, 2.1). Names are lower
 * case; of a header that comes twice the first counts.
 *
 * @param source its bytes, each as one character.
 */
export function splitMessage(source: string): { headers: MailHeaders; body: string } {
  // A part without headers begins with the blank line that ends them.
  const end = /^\r?\n|\r?\n\r?\n/.exec(source)
  const head = source.slice(0, Math.min(end?.index ?? source.length, longestHead))
  const headers = new Map<string, string>()
  for (const line of head.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)) {
    const [, name, value] = /^([!-9;-~]+):\s*(.*)$/.exec(line) ?? []
    if (name === undefined || value === undefined) continue
    const key = name.toLowerCase()
    if (!headers.has(key)) headers.set(key, value.trim())
  }
  return { headers, body: end === null ? '' : source.slice(end.index + end[0].length) }
}

const encodedWord = /=\?([^?*\s]+)[^?\s]*\?([bq])\?([^?]*)\?=/gi
/** One or more of them; white space between two is none of the text. */
const encodedWords = new RegExp(`(?:${encodedWord.source})(?:\\s*${encodedWord.source})*`, 'gi')

/** A header as people read it: encoded words (RFC 2047) decoded, raw bytes taken for UTF-8. */
export function readableHeader(value: string): string {
  return utf8(value).replace(encodedWords, decodeWords).replace(/\s+/g, ' ').trim()
}

/** Words of one encoding are decoded together: some programs cut a character in two. */
function decodeWords(words: string): string {
  const runs: { charset: string; words: string; bytes: Uint8Array }[] = []
  for (const [word, charset = '', how = '', text = ''] of words.matchAll(encodedWord)) {
    const bytes =
      how.toLowerCase() === 'b'
        ? Buffer.from(text, 'base64')
        : quotedPrintable(text.replace(/_/g, ' '))
    const last = runs.at(-1)
    if (last?.charset === charset.toLowerCase()) {
      last.words += word
      last.bytes = Buffer.concat([last.bytes, bytes])
    } else runs.push({ charset: charset.toLowerCase(), words: word, bytes })
  }
  return runs.map((run) => decodeAs(run.charset, run.bytes)?.text ?? run.words).join('')
}

function utf8(value: string): string {
  if (!/[\u0080-\u00FF]/.test(value)) return value
  return Buffer.from(value, 'latin1').toString('utf8')
}

/** A value and its parameters: `text/plain; charset="utf-8"` (RFC 2045, 5.1). */
export function parseParameters(header: string): { value: string; parameters: MailHeaders } {
  const parameters = new Map<string, string>()
  for (const match of header.matchAll(/;\s*([^\s=;]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;]*))/g)) {
    const [, name = '', quoted, bare = ''] = match
    const key = name.toLowerCase()
    if (!parameters.has(key)) parameters.set(key, quoted?.replace(/\\(.)/g, '$1') ?? bare)
  }
  return { value: (header.split(';')[0] ?? '').trim().toLowerCase(), parameters }
}

/** The name of an attachment, however it is written; null if it has none. */
export function fileName(...headers: readonly (string | undefined)[]): string | null {
  for (const header of headers) {
    const { parameters } = parseParameters(header ?? '')
    const plain = parameters.get('filename') ?? parameters.get('name')
    if (plain !== undefined) return readableHeader(plain)
    const extended = extendedValue(parameters, 'filename') ?? extendedValue(parameters, 'name')
    if (extended !== null) return extended
  }
  return null
}

/**
 * A parameter that says how it is encoded, `name*=utf-8''pl%C3%A4ne`, or that is cut into numbered
 * sections of which some do, `name*0*=utf-8''pl%C3%A4; name*1=ne` (RFC 2231).
 */
function extendedValue(parameters: MailHeaders, name: string): string | null {
  const whole = parameters.get(`${name}*`)
  const sections = whole === undefined ? [] : [{ text: whole, encoded: true }]
  for (let at = 0; sections.length === at; at += 1) {
    const plain = parameters.get(`${name}*${at}`)
    const text = plain ?? parameters.get(`${name}*${at}*`)
    if (text !== undefined) sections.push({ text, encoded: plain === undefined })
  }
  const [, charset = 'utf-8', first] = /^([^']*)'[^']*'(.*)$/.exec(sections[0]?.text ?? '') ?? []
  const parts = sections.map(({ text, encoded }, index) => {
    const value = encoded && index === 0 ? (first ?? text) : text
    return encoded ? quotedPrintable(value.replace(/%/g, '=')) : Buffer.from(value, 'latin1')
  })
  const decoded = decodeAs(charset, Buffer.concat(parts))?.text ?? ''
  return decoded === '' ? null : decoded
}

/** @param text bytes, each as one character. */
export function quotedPrintable(text: string): Uint8Array {
  const plain = text
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .replace(/=\n/g, '')
    .replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(plain, 'latin1')
}
