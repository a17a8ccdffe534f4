import type { LeftOutKind } from '../../../../shared/domain/leftOut.ts'
import type { MailHeaders } from './headers.ts'

/** `other` is text of a kind that is no message, such as a calendar or the report of a server. */
export type TextKind = 'plain' | 'html' | 'amp' | 'other'

const kinds: ReadonlyMap<string, TextKind> = new Map([
  ['text/plain', 'plain'],
  ['text/html', 'html'],
  ['application/xhtml+xml', 'html'],
  ['text/x-amp-html', 'amp'],
  // Why a message was not delivered, and whether one was opened (RFC 3464, RFC 8098).
  ['message/delivery-status', 'other'],
  ['message/global-delivery-status', 'other'],
  ['message/disposition-notification', 'other'],
  ['message/global-headers', 'other'],
])
/** Texts with commands in them, which say nothing as they are. */
const codedTexts = new Set(['text/rtf', 'text/richtext', 'text/css', 'text/javascript'])

/** Null for parts that are no text. A multipart that does not say where its parts end is some. */
export function kindOfText(type: string): TextKind | null {
  const kind = kinds.get(type)
  if (kind !== undefined) return kind
  if (codedTexts.has(type)) return null
  return type.startsWith('text/') || type.startsWith('multipart/') ? 'other' : null
}

/** Signatures prove who wrote a message and say nothing. */
export function isSignature(type: string): boolean {
  return /^application\/(?:x-)?(?:pkcs7|pgp)-signature$/.test(type)
}

/** What a part that is not read counts as. */
export function leftOutOf(
  { value, parameters }: { readonly value: string; readonly parameters: MailHeaders },
  name: string | null,
): LeftOutKind {
  if (value === 'application/ms-tnef' || value === 'application/vnd.ms-tnef')
    return 'outlook-message'
  if (name?.toLowerCase() === 'winmail.dat') return 'outlook-message'
  if (/^application\/(?:x-)?pkcs7-mime$/.test(value)) {
    const isSigned = parameters.get('smime-type')?.toLowerCase() === 'signed-data'
    return isSigned ? 'message-part' : 'encrypted-message'
  }
  if (value.startsWith('image/')) return 'picture'
  return value.startsWith('message/') || codedTexts.has(value) ? 'message-part' : 'attachment'
}
