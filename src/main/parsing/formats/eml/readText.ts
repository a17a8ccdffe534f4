import { decodeText } from '../../../files/decodeText.ts'
import type { ParseLimits } from '../../parseLimits.ts'
import type { TextBlock } from '../textBlock.ts'
import { collectBlocks, outdatedText } from '../html/collectBlocks.ts'
import { declaredEncoding } from '../html/declaredEncoding.ts'
import type { MailPart, PartText } from './message.ts'

/**
 * Turns a part of an e-mail into blocks. In plain text, blank lines part paragraphs, and lines that
 * begin with `>` are what is answered to.
 *
 * @throws AppError `document-too-large`.
 */
export async function readText(
  { kind, bytes, charset, lines }: MailPart,
  limits: ParseLimits,
): Promise<PartText> {
  if (kind === 'html' || kind === 'amp') {
    const html = collectBlocks(await decodeText(bytes, limits, charset ?? declaredEncoding(bytes)))
    return { blocks: html.blocks, leftOut: outdatedText(html) }
  }
  const text = await decodeText(bytes, limits, charset)
  const unfolded = lines === 'fixed' ? text : unfold(text, lines === 'joined' ? '' : ' ')
  const blocks = unfolded.split(/\n[^\S\n]*\n/).map((paragraph): TextBlock => {
    return { kind: /^\s*>/.test(paragraph) ? 'quote' : 'paragraph', text: paragraph }
  })
  return { blocks, leftOut: [] }
}

function unfold(text: string, glue: string): string {
  return text.replace(/^ (?=[^ ])/gm, '').replace(/(?<!^--) \n(?!\n|>)/gm, glue)
}
