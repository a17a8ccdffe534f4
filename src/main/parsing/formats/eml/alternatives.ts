import type { MailContent, MailText } from './message.ts'

/** Plain text is the message if it has this many times the words of the HTML, */
const muchMore = 3
/** and as many more: those who ask for another program or a click write less. */
const longestPlaceholder = 30

/**
 * The version of a message that says most (RFC 2046, 5.1.4). That is the HTML one, since plain text
 * beside it is often a placeholder; unless it is so much shorter that it is a placeholder itself.
 * Versions for calendars and for AMP are taken only if the others say nothing.
 */
export function bestOf(alternatives: readonly MailContent[]): MailContent {
  const says = (one: MailContent, kind: MailText['kind']): boolean => wordsOf(one, kind) > 0
  const html = alternatives.findLast((one) => says(one, 'html'))
  const plain = alternatives.find((one) => says(one, 'plain'))
  const best =
    html !== undefined && plain !== undefined
      ? wordsOf(plain, 'plain') > muchMore * wordsOf(html, 'html') + longestPlaceholder
        ? plain
        : html
      : (html ?? plain ?? fallback(alternatives))
  const { attachments, messages, leftOut } = joinParts(alternatives)
  return { texts: best?.texts ?? [], attachments, messages, leftOut }
}

function fallback(alternatives: readonly MailContent[]): MailContent | undefined {
  return (['amp', 'other'] as const)
    .map((kind) => alternatives.findLast((one) => wordsOf(one, kind) > 0))
    .find((one) => one !== undefined)
}

/** Words of its texts of a kind; addresses of web pages, which HTML hides in its links, are none. */
function wordsOf({ texts }: MailContent, kind: MailText['kind']): number {
  const blocks = texts.filter((one) => one.kind === kind).flatMap((one) => one.blocks)
  return blocks
    .flatMap(({ text }) => text.split(/\s+/u))
    .filter((word) => /[\p{L}\p{N}]/u.test(word) && !word.includes('://')).length
}

/** All that several parts say, in their order. */
export function joinParts(parts: readonly MailContent[]): MailContent {
  return {
    texts: parts.flatMap(({ texts }) => texts),
    attachments: parts.flatMap(({ attachments }) => attachments),
    messages: parts.flatMap(({ messages }) => messages),
    leftOut: parts.flatMap(({ leftOut }) => leftOut),
  }
}
