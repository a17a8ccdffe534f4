import type { TextBlock } from '../textBlock.ts'
import {
  fileName,
  parseParameters,
  quotedPrintable,
  splitMessage,
  type MailHeaders,
} from './headers.ts'

/** A part of a message that is text, as bytes. */
export interface MailPart {
  readonly kind: 'plain' | 'html' | 'other'
  readonly bytes: Uint8Array
  /** What the part says of its encoding. */
  readonly charset: string | undefined
  /** Lines that end in a space continue in the next one, `joined` without that space (RFC 3676). */
  readonly lines: 'fixed' | 'flowed' | 'joined'
}

export interface MailText {
  readonly kind: MailPart['kind']
  readonly blocks: readonly TextBlock[]
}

export interface Message {
  readonly headers: MailHeaders
  readonly texts: readonly MailText[]
  /** Names of files that came with it. */
  readonly attachments: readonly string[]
  /** Messages that were passed on within it. */
  readonly messages: readonly Message[]
}

type Content = Omit<Message, 'headers'>

const nothing: Content = { texts: [], attachments: [], messages: [] }

/** Messages within messages; real ones are a handful. */
const deepest = 12
const mostParts = 1_000

interface Reading {
  readonly readText: (part: MailPart) => Promise<readonly TextBlock[]>
  /** Parts met so far, in all messages. */
  parts: number
}

/**
 * Reads an e-mail (RFC 5322, MIME: RFC 2045 and 2046). Of alternatives HTML is taken where it says
 * something: plain text beside it is often a placeholder.
 *
 * @param source its bytes, each as one character.
 * @param readText turns a part into blocks.
 */
export function readMessage(source: string, readText: Reading['readText']): Promise<Message> {
  return readNested(source, { readText, parts: 0 }, 0)
}

async function readNested(source: string, reading: Reading, depth: number): Promise<Message> {
  const { headers, body } = splitMessage(source)
  return { headers, ...(await readPart(headers, body, reading, depth)) }
}

/** @param usualType of a part that does not say what it is. */
async function readPart(
  headers: MailHeaders,
  body: string,
  reading: Reading,
  depth: number,
  usualType = 'text/plain',
): Promise<Content> {
  reading.parts += 1
  if (depth > deepest || reading.parts > mostParts) return nothing
  const type = parseParameters(headers.get('content-type') ?? usualType)
  const boundary = type.parameters.get('boundary')
  if (type.value.startsWith('multipart/') && boundary !== undefined) {
    const inner = await readParts(splitParts(body, boundary), type.value, reading, depth + 1)
    return type.value === 'multipart/alternative' ? bestOf(inner) : join(inner)
  }
  const bytes = (): Uint8Array => decodeBody(headers.get('content-transfer-encoding'), body)
  if (type.value === 'message/rfc822') {
    return { ...nothing, messages: [await readNested(latin1(bytes()), reading, depth + 1)] }
  }
  const kind = kindOfText(type.value)
  const name = fileName(headers.get('content-disposition'), headers.get('content-type'))
  if (kind === null || isAttached(headers, kind, name)) {
    return name === null ? nothing : { ...nothing, attachments: [name] }
  }
  const charset = type.parameters.get('charset')
  const part = { kind, bytes: bytes(), charset, lines: linesOf(type.parameters) }
  return { ...nothing, texts: [{ kind, blocks: await reading.readText(part) }] }
}

async function readParts(
  sources: readonly string[],
  type: string,
  reading: Reading,
  depth: number,
): Promise<readonly Content[]> {
  const usualType = type === 'multipart/digest' ? 'message/rfc822' : 'text/plain'
  const contents: Content[] = []
  for (const source of sources) {
    const { headers, body } = splitMessage(source)
    contents.push(await readPart(headers, body, reading, depth, usualType))
  }
  return contents
}

/** Null for parts that are no text. A multipart that does not say where its parts end is some. */
function kindOfText(type: string): MailPart['kind'] | null {
  if (!type.startsWith('text/') && !type.startsWith('multipart/')) return null
  return type === 'text/html' ? 'html' : type === 'text/plain' ? 'plain' : 'other'
}

function linesOf(parameters: MailHeaders): MailPart['lines'] {
  if (parameters.get('format')?.toLowerCase() !== 'flowed') return 'fixed'
  return parameters.get('delsp')?.toLowerCase() === 'yes' ? 'joined' : 'flowed'
}

/** A body may have a name as well; any other part with a name is an attachment. */
function isAttached(headers: MailHeaders, kind: MailPart['kind'], name: string | null): boolean {
  const disposition = parseParameters(headers.get('content-disposition') ?? '').value
  return disposition === 'attachment' || (name !== null && kind === 'other')
}

/** What is between the lines that have the boundary. */
function splitParts(body: string, boundary: string): readonly string[] {
  const parts: string[] = []
  let from = -1
  const mark = `--${boundary}`
  for (let at = body.indexOf(mark); at >= 0; at = body.indexOf(mark, at + mark.length)) {
    const after = at + mark.length
    const isLast = body.startsWith('--', after)
    // Another boundary may begin with this one.
    if ((at > 0 && body[at - 1] !== '\n') || !(isLast || /^\s?$/.test(body.charAt(after)))) continue
    if (from >= 0) parts.push(body.slice(from, at).replace(/\r?\n$/, ''))
    if (parts.length > mostParts || isLast) return parts
    const end = body.indexOf('\n', after)
    if (end < 0) return parts
    from = end + 1
  }
  // The message breaks off.
  if (from >= 0) parts.push(body.slice(from))
  return parts
}

function bestOf(alternatives: readonly Content[]): Content {
  const says = ({ texts }: Content, kind: MailText['kind']): boolean =>
    texts.some(
      (one) => one.kind === kind && one.blocks.some(({ text }) => /[\p{L}\p{N}]/u.test(text)),
    )
  const best =
    alternatives.findLast((one) => says(one, 'html')) ??
    alternatives.find((one) => says(one, 'plain')) ??
    alternatives[0]
  return { ...join(alternatives), texts: best?.texts ?? [] }
}

function join(parts: readonly Content[]): Content {
  return {
    texts: parts.flatMap(({ texts }) => texts),
    attachments: parts.flatMap(({ attachments }) => attachments),
    messages: parts.flatMap(({ messages }) => messages),
  }
}

function decodeBody(encoding: string | undefined, body: string): Uint8Array {
  // Some programs put it in quotes, or a comment before it.
  const [name = ''] = /[\w-]+/.exec((encoding ?? '').replace(/\([^)]*\)/g, '')) ?? []
  switch (name.toLowerCase()) {
    case 'base64':
      return Buffer.from(body, 'base64')
    case 'quoted-printable':
      return quotedPrintable(body)
    default:
      return Buffer.from(body, 'latin1')
  }
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
}
