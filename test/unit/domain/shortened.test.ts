import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cutAt, shortened } from '../../../src/shared/domain/shortened.ts'

describe('a shortened text', () => {
  it('keeps characters whole', () => {
    expect(cutAt('ab👩‍👩‍👧', 6)).toBe('ab')
    expect(cutAt('cafe\u0301s', 4)).toBe('caf')
    expect(shortened(`${'x'.repeat(58)}😀😀`)).toBe(`${'x'.repeat(58)}…`)
  })

  it('is a beginning of the text, whole where it fits', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat(40), (text, most) => {
        const cut = cutAt(text, most)
        expect(text.startsWith(cut)).toBe(true)
        expect(cut.length).toBeLessThanOrEqual(most)
        if (text.length <= most) expect(cut).toBe(text)
        expect(cut).not.toMatch(/[\uD800-\uDBFF]$/)
      }),
    )
  })
})
