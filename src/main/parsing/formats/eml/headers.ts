import { decodeAs } from '../../../files/guessEncoding.ts'

export type MailHeaders = ReadonlyMap<string, string>

/**
 * Parts a message, or a part of one, into its headers and its body (RFC 5322, 2.1). Names are lower
 * case; of a header that comes twice the first counts.
 *
 * @param source its bytes, each as one character.
 */
export function splitMessage(source: string): { headers: MailHeaders; body: string } {
  const end = /\r?\n\r?\n/.exec(source)
  const head = end === null ? source : source.slice(0, end.index)
  const headers = new Map<string, string>()
  for (const line of head.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)) {
    const [, name, value] = /^([!-9;-~]+):\s*(.*)$/.exec(line) ?? []
    if (name === undefined || value === undefined) continue
    const key = name.toLowerCase()
    if (!headers.has(key)) headers.set(key, value.trim())
  }
  return { headers, body: end === null ? '' : source.slice(end.index + end[0].length) }
}

/** A header as people read it: encoded words (RFC 2047) decoded, raw bytes taken for UTF-8. */
export function readableHeader(value: string): string {
  return utf8(value)
    .replace(/(=\?[^?\s]+\?[bq]\?[^?\s]*\?=)\s+(?==\?)/gi, '$1')
    .replace(
      /=\?([^?*\s]+)[^?\s]*\?([bq])\?([^?\s]*)\?=/gi,
      (word, charset: string, how, text: string) => {
        const bytes =
          how === 'b' || how === 'B'
            ? Buffer.from(text, 'base64')
            : quotedPrintable(text.replace(/_/g, ' '))
        return decodeAs(charset, bytes)?.text ?? word
      },
    )
    .replace(/\s+/g, ' ')
    .trim()
}

function utf8(value: string): string {
  if (!/[\u0080-\u00FF]/.test(value)) return value
  return Buffer.from(value, 'latin1').toString('utf8')
}

/** A value and its parameters: `text/plain; charset="utf-8"` (RFC 2045, 5.1; RFC 2231 for names). */
export function parseParameters(header: string): { value: string; parameters: MailHeaders } {
  const parameters = new Map<string, string>()
  for (const match of header.matchAll(/;\s*([^\s=;]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;]*))/g)) {
    const [, name = '', quoted, bare = ''] = match
    parameters.set(name.toLowerCase(), quoted?.replace(/\\(.)/g, '$1') ?? bare)
  }
  return { value: (header.split(';')[0] ?? '').trim().toLowerCase(), parameters }
}

/** The name of an attachment, however it is written; null if it has none. */
export function fileName(...headers: readonly (string | undefined)[]): string | null {
  for (const header of headers) {
    const { parameters } = parseParameters(header ?? '')
    const plain = parameters.get('filename') ?? parameters.get('name')
    if (plain !== undefined) return readableHeader(plain)
    const extended = parameters.get('filename*') ?? parameters.get('name*')
    const [, charset = '', text = ''] = /^([^']*)'[^']*'(.*)$/.exec(extended ?? '') ?? []
    const bytes = quotedPrintable(text.replace(/%/g, '='))
    const decoded = extended === undefined ? undefined : decodeAs(charset, bytes)?.text
    if (decoded !== undefined && decoded !== '') return decoded
  }
  return null
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
