/** A text on one line: every stretch of white space is one space. */
export function oneLine(text: string): string {
  return text.replace(/\s+/gu, ' ').trim()
}
