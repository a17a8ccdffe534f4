import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cutLongWords } from '../../../src/main/embedding/tokens/cutLongWords.ts'

test('no word is longer than 1,000 characters, and nothing else changes', () => {
  const word = fc.record({ unit: fc.constantFrom('a', '\u0301', '😀', '漢'), times: fc.nat(2_500) })
  fc.assert(
    fc.property(fc.array(word, { maxLength: 4 }), (words) => {
      const text = words.map(({ unit, times }) => unit.repeat(times)).join(' ')
      const cut = cutLongWords(text)
      expect(cut.replaceAll(' ', '')).toBe(text.replaceAll(' ', ''))
      expect(
        Math.max(0, ...cut.split(' ').map((one) => Array.from(one).length)),
      ).toBeLessThanOrEqual(1_000)
      if (!/\S{1001}/u.test(text)) expect(cut).toBe(text)
    }),
  )
})
