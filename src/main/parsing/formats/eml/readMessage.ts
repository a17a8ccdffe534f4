import { bestOf, joinParts } from './alternatives.ts'
import {
  fileName,
  parseParameters,
  quotedPrintable,
  splitMessage,
  type MailHeaders,
} from './headers.ts'
import type { MailContent, MailPart, Message, PartText } from './message.ts'
import { isSignature, kindOfText, leftOutOf, type TextKind } from './partTypes.ts'

const nothing: MailContent = { texts: [], attachments: [], messages: [], leftOut: [] }

/** Messages within messages; real ones are a handful. */
const deepest = 12
const mostParts = 1_000

interface Reading {
  readonly readText: (part: MailPart) => Promise<PartText>
  /** Parts met so far, in all messages. */
  parts: number
}

/**
 * Reads an e-mail (RFC 5322, MIME: RFC 2045 and 2046). Of alternatives one is taken
 * (`bestOf`).
 *
 * @param source its bytes, each as one character.
 * @param readText turns a part into blocks.
 */
export function readMessage(source: string, readText: Reading['readText']): Promise<Message> {
  return readNested(source, { readText, parts: 0 }, 0)
}

async function readNested(source: string, reading: Reading, depth: number): Promise<Message> {
  const { headers, body } = splitMessage(source)
  return {
    headers,
    ...(await readPart(headers, body, reading, {
      depth,
      usualType: 'text/plain',
      isBody: true,
    })),
  }
}

/** A part, and what the parts around it say of it. */
interface Place {
  readonly depth: number
  /** Of a part that does not say what it is. */
  readonly usualType: string
  /** Whether it is the message itself or one of its versions, which no name makes an attachment. */
  readonly isBody: boolean
}

async function readPart(
  headers: MailHeaders,
  body: string,
  reading: Reading,
  { depth, usualType, isBody }: Place,
): Promise<MailContent> {
  reading.parts += 1
  if (depth > deepest || reading.parts > mostParts) return { ...nothing, leftOut: ['message-part'] }
  const type = parseParameters(headers.get('content-type') ?? usualType)
  const boundary = type.parameters.get('boundary')
  if (type.value === 'multipart/encrypted') return { ...nothing, leftOut: ['encrypted-message'] }
  if (type.value.startsWith('multipart/') && boundary !== undefined) {
    const inner = await readParts(splitParts(body, boundary), type.value, reading, depth + 1)
    return type.value === 'multipart/alternative' ? bestOf(inner) : joinParts(inner)
  }
  const bytes = (): Uint8Array => decodeBody(headers.get('content-transfer-encoding'), body)
  if (type.value === 'message/rfc822' || type.value === 'message/global') {
    return { ...nothing, messages: [await readNested(latin1(bytes()), reading, depth + 1)] }
  }
  const kind = kindOfText(type.value)
  const name = fileName(headers.get('content-disposition'), headers.get('content-type'))
  if (kind === null || (!(isBody && kind !== 'other') && isAttached(headers, kind, name))) {
    if (isSignature(type.value)) return nothing
    const attachments = name === null ? [] : [name]
    return { ...nothing, attachments, leftOut: [leftOutOf(type, name)] }
  }
  const charset = type.parameters.get('charset')
  const part = { kind, bytes: bytes(), charset, lines: linesOf(type.parameters) }
  return { ...nothing, texts: [{ kind, ...(await reading.readText(part)) }] }
}

async function readParts(
  sources: readonly string[],
  type: string,
  reading: Reading,
  depth: number,
): Promise<readonly MailContent[]> {
  const usualType = type === 'multipart/digest' ? 'message/rfc822' : 'text/plain'
  const isBody = type === 'multipart/alternative'
  const contents: MailContent[] = []
  for (const source of sources) {
    const { headers, body } = splitMessage(source)
    contents.push(await readPart(headers, body, reading, { depth, usualType, isBody }))
  }
  return contents
}

function linesOf(parameters: MailHeaders): MailPart['lines'] {
  if (parameters.get('format')?.toLowerCase() !== 'flowed') return 'fixed'
  return parameters.get('delsp')?.toLowerCase() === 'yes' ? 'joined' : 'flowed'
}

/** A body may have a name as well; any other part with a name is an attachment. */
function isAttached(headers: MailHeaders, kind: TextKind, name: string | null): boolean {
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
