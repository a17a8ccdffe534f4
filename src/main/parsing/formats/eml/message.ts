import type { LeftOutKind } from '../../../../shared/domain/leftOut.ts'
import type { TextBlock } from '../textBlock.ts'
import type { MailHeaders } from './headers.ts'
import type { TextKind } from './partTypes.ts'

/** A part of a message that is text, as bytes. */
export interface MailPart {
  readonly kind: TextKind
  readonly bytes: Uint8Array
  /** What the part says of its encoding. */
  readonly charset: string | undefined
  /** Lines that end in a space continue in the next one, `joined` without that space (RFC 3676). */
  readonly lines: 'fixed' | 'flowed' | 'joined'
}

export interface MailText {
  readonly kind: TextKind
  readonly blocks: readonly TextBlock[]
  /** Of this text. */
  readonly leftOut: readonly LeftOutKind[]
}

export type PartText = Omit<MailText, 'kind'>

export interface Message {
  readonly headers: MailHeaders
  readonly texts: readonly MailText[]
  /** Names of files that came with it. */
  readonly attachments: readonly string[]
  /** Messages that were passed on within it. */
  readonly messages: readonly Message[]
  /** What was not read, one item for each part. */
  readonly leftOut: readonly LeftOutKind[]
}

export type MailContent = Omit<Message, 'headers'>
