import {
  fileName,
  parseParameters,
  quotedPrintable,
  splitMessage,
  type MailHeaders,
} from './headers.ts'

export interface MailText {
  readonly kind: 'plain' | 'html'
  readonly bytes: Uint8Array
  readonly charset: string | undefined
  /** Lines that end in a blank go on in the next (RFC 3676). */
  readonly flowed: boolean
}

export interface Message {
  readonly headers: MailHeaders
  readonly texts: readonly MailText[]
  /** Names of files that came with it. */
  readonly attachments: readonly string[]
  /** Messages that were passed on within it. */
  readonly messages: readonly Message[]
}

/** Messages within messages; real ones are a handful. */
const deepest = 12
const mostParts = 1_000

/**
 * Reads an e-mail (RFC 5322, MIME: RFC 2045 and 2046). Of alternatives, plain text is taken where it
 * says something, else HTML.
 *
 * @param source its bytes, each as one character.
 */
export function readMessage(source: string): Message {
  let parts = 0
  return read(source, 0)

  function read(text: string, depth: number): Message {
    const { headers, body } = splitMessage(text)
    return { headers, ...readPart(headers, body, depth) }
  }

  function readPart(headers: MailHeaders, body: string, depth: number): Omit<Message, 'headers'> {
    parts += 1
    const none = { texts: [], attachments: [], messages: [] }
    if (depth > deepest || parts > mostParts) return none
    const type = parseParameters(headers.get('content-type') ?? 'text/plain')
    const disposition = headers.get('content-disposition')
    const name = fileName(disposition, headers.get('content-type'))
    const boundary = type.parameters.get('boundary')
    if (type.value.startsWith('multipart/') && boundary !== undefined) {
      const read = splitParts(body, boundary).map((part) => {
        const inner = splitMessage(part)
        return readPart(inner.headers, inner.body, depth + 1)
      })
      return type.value === 'multipart/alternative' ? bestOf(read) : join(read)
    }
    const bytes = (): Uint8Array => decodeBody(headers.get('content-transfer-encoding'), body)
    if (type.value === 'message/rfc822') {
      const inner = Buffer.from(bytes()).toString('latin1')
      return { ...none, messages: [read(inner, depth + 1)] }
    }
    const isAttached = parseParameters(disposition ?? '').value === 'attachment' || name !== null
    if (isAttached) return { ...none, attachments: name === null ? [] : [name] }
    if (!type.value.startsWith('text/')) return none
    const text: MailText = {
      kind: type.value === 'text/html' ? 'html' : 'plain',
      bytes: bytes(),
      charset: type.parameters.get('charset'),
      flowed: type.parameters.get('format')?.toLowerCase() === 'flowed',
    }
    return { ...none, texts: [text] }
  }
}

/** What stands between the lines that bear the boundary. */
function splitParts(body: string, boundary: string): readonly string[] {
  const parts: string[] = []
  let from = -1
  const mark = `--${boundary}`
  for (let at = body.indexOf(mark); at >= 0; at = body.indexOf(mark, at + mark.length)) {
    if (at > 0 && body[at - 1] !== '\n') continue
    if (from >= 0) parts.push(body.slice(from, at).replace(/\r?\n$/, ''))
    if (parts.length > mostParts || body.startsWith('--', at + mark.length)) return parts
    const end = body.indexOf('\n', at)
    if (end < 0) return parts
    from = end + 1
  }
  // The message breaks off.
  if (from >= 0) parts.push(body.slice(from))
  return parts
}

type Content = Omit<Message, 'headers'>

function bestOf(alternatives: readonly Content[]): Content {
  const says = ({ texts }: Content, kind: MailText['kind']): boolean =>
    texts.some((text) => text.kind === kind && text.bytes.some((byte) => byte > 0x20))
  const plain = alternatives.find((one) => says(one, 'plain'))
  const best = plain ?? alternatives.findLast((one) => says(one, 'html')) ?? alternatives[0]
  const { attachments, messages } = join(alternatives)
  return { texts: best?.texts ?? [], attachments, messages }
}

function join(parts: readonly Content[]): Content {
  return {
    texts: parts.flatMap(({ texts }) => texts),
    attachments: parts.flatMap(({ attachments }) => attachments),
    messages: parts.flatMap(({ messages }) => messages),
  }
}

function decodeBody(encoding: string | undefined, body: string): Uint8Array {
  switch ((encoding ?? '').toLowerCase()) {
    case 'base64':
      return Buffer.from(body, 'base64')
    case 'quoted-printable':
      return quotedPrintable(body)
    default:
      return Buffer.from(body, 'latin1')
  }
}
