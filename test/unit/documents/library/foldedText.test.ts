import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findFolded } from '../../../../src/main/documents/store/foldedText.ts'

function found(text: string, query: string): string[] {
  return findFolded(text, query, 1_000).map(({ start, end }) => text.slice(start, end))
}

test.each([
  ['The cat and the Cat', 'CAT', ['cat', 'Cat']],
  ['Straße, STRASSE', 'strasse', ['Straße', 'STRASSE']],
  ['İstanbul and istanbul', 'istanbul', ['istanbul']],
  ['before İ after', 'AFTER', ['after']],
  ['ΟΔΟΣ, οδος', 'οδοσ', ['ΟΔΟΣ', 'οδος']],
  ['of ﬁnal use', 'FINAL', ['ﬁnal']],
  ['Maße', 's', []],
  ['😀 smile 😀', '😀', ['😀', '😀']],
  ['aaaa', 'aa', ['aa', 'aa']],
  ['text', '', []],
])('in %j, %j finds %j', (text, query, expected) => {
  expect(found(text, query)).toEqual(expected)
})

test('stops at the limit', () => {
  expect(findFolded('a'.repeat(50), 'a', 7)).toHaveLength(7)
})

test('a piece of a text is found at its place, in upper or lower case', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'B', 'ß', 'İ', 'Σ', 'ς', 'ﬁ', '😀', ' ') })
  fc.assert(
    fc.property(text, fc.nat(), fc.nat(), (whole, from, length) => {
      const characters = Array.from(whole)
      const first = from % (characters.length + 1)
      const piece = characters.slice(first, first + 1 + (length % 4)).join('')
      if (piece === '') return
      const start = characters.slice(0, first).join('').length
      const ranges = findFolded(whole, piece, 1_000)
      // Matches do not overlap: one may have taken a part of the piece.
      const covered = ranges.some((range) => range.start <= start && start < range.end)
      expect(covered).toBe(true)
      for (const range of ranges) {
        expect(whole.slice(range.start, range.end).toUpperCase()).toBe(piece.toUpperCase())
      }
    }),
  )
})
