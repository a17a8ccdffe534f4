/** What XML 1.0 has no way to write, and HTML no use for: control characters and halves of pairs. */
const unwritable =
  /[^\t\n\r\x20-\x7E\x85\xA0-\uD7FF\uE000-\uFDCF\uFDF0-\uFFFD\u{10000}-\u{10FFFF}]/gu

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/**
 * Any text as content or quoted attribute of XML or HTML. Characters that neither can hold are
 * written by their number, such as `\u{1b}`.
 */
export function markupText(text: string): string {
  return text
    .replace(unwritable, (sign) => `\\u{${(sign.codePointAt(0) ?? 0).toString(16)}}`)
    .replace(/[&<>"']/gu, (sign) => entities[sign] ?? sign)
    .replaceAll('\r', '&#13;')
}

/** The same with line breaks that an attribute of XML keeps. */
export function markupAttribute(text: string): string {
  return markupText(text).replaceAll('\n', '&#10;').replaceAll('\t', '&#9;')
}
