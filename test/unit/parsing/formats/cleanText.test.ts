import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cleanText } from '../../../../src/main/parsing/formats/pageBuilder.ts'

/** Code units of every kind: letters, control characters, halves of pairs in and out of place. */
const texts = fc
  .array(
    fc.oneof(
      fc.constantFrom('a', 'b', ' ', 'é', '\t', '\n', '\r', '中', '😀'),
      fc.integer({ min: 0, max: 0x9f }).map((unit) => String.fromCharCode(unit)),
      fc.integer({ min: 0xd7f0, max: 0xe010 }).map((unit) => String.fromCharCode(unit)),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''))

/** What is stored of a character: itself, unless it can't be read or searched for. */
function stored(character: string): string {
  if (/^[\uD800-\uDFFF]$/.test(character)) return '\uFFFD'
  const isControl = character < ' ' || character === '\u007F'
  return isControl && !'\t\n\r'.includes(character) ? ' ' : character
}

test('text that is stored has no control characters and no halves of pairs, and keeps its length', () => {
  fc.assert(
    fc.property(texts, (text) => {
      expect(cleanText(text)).toBe(Array.from(text, stored).join(''))
      expect(cleanText(text)).toHaveLength(text.length)
    }),
  )
})
