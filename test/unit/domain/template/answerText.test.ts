import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { answerKey, tokenF1 } from '../../../../src/shared/domain/template/answerText.ts'

describe('open texts are the same answer', () => {
  it.each([
    ['The Old Theatre.', 'old theatre'],
    ['“Paris”', 'paris'],
    ['**Paris**', 'Paris'],
    ['(Ada Kerr)', 'Ada Kerr'],
    ['U.S.', 'US'],
    ['U.S', 'US'],
    ['cafe\u0301', 'café'],
    ['  two\twords ', 'two words'],
    ['of The Hague', 'of the Hague'],
    ['don’t', "don't"],
    ['1,500', '1500'],
    ['1\u202F500', '1500'],
    ['1.500,50', '1500,50'],
    ['15.0', '15'],
    ['0.5', '.5'],
    ['1,5', '1.5'],
    ['١٥', '15'],
    ['１５', '15'],
    ['−15', '-15'],
    ['$15.50', '$15.5'],
    ['15 %', '15%'],
    ['10 – 12', '10-12'],
    ['pages 10–12', 'Pages 10-12.'],
    ['Pa\u00ADris\u200B', 'Paris'],
    ['\uFEFFParis', 'Paris'],
    ['北京。', '北京'],
  ])('%j and %j', (a, b) => {
    expect(answerKey(a)).toBe(answerKey(b))
  })
})

describe('open texts are different answers', () => {
  it.each([
    ['15', '1.5'],
    ['15', '-15'],
    ['15', '15%'],
    ['15', '$15'],
    ['€15', '$15'],
    ['10-12', '1012'],
    ['10-12', '10 12'],
    ['10:30', '1030'],
    ['1/2', '12'],
    ['1.10', '1.1'],
    ['2.0.1', '201'],
    ['v1.10', 'v1.1'],
    ['007', '7'],
    ['$1.500', '$1.5'],
    ['2024-05-01', '20240501'],
    ['C++', 'C#'],
    ['C++', 'C'],
    ['A+', 'A'],
    ['>', '<'],
    ['>', 'A'],
    ['<', ''],
    ['A', ''],
    ['a > b', 'a < b'],
    ['...', ''],
    ['?', '!'],
    ['vitamin A', 'vitamin'],
    ['vitamin A deficiency', 'vitamin deficiency'],
    ['.net', 'net'],
    ['x²', 'x2'],
    ['½', '12'],
    ['😀', '😢'],
    ['re-sign', 'resign'],
    ['نامه\u200Cای', 'نامهای'],
  ])('%j and %j', (a, b) => {
    expect(answerKey(a)).not.toBe(answerKey(b))
  })

  it('whatever two integers are', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer(), (a, b) => {
        expect(answerKey(String(a)) === answerKey(String(b))).toBe(a === b)
      }),
    )
  })

  it('with another decimal', () => {
    const decimal = fc.tuple(fc.nat(9_999), fc.nat(99)).map(([whole, cents]) => whole * 100 + cents)
    const written = (cents: number) =>
      `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`
    fc.assert(
      fc.property(decimal, decimal, (a, b) => {
        expect(answerKey(`$${written(a)}`) === answerKey(`$${written(b)}`)).toBe(a === b)
      }),
    )
  })
})

describe('a key', () => {
  const texts = fc.oneof(
    fc.string(),
    fc.string({ unit: 'grapheme' }),
    fc
      .array(fc.constantFrom('a', 'the', 'A', '-', '1', ',', '.', '%', ' ', '“', '>', '٣'), {
        maxLength: 12,
      })
      .map((parts) => parts.join('')),
  )

  it('does not change with space around the text, nor with a second look', () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(answerKey(` ${text}\n`)).toBe(answerKey(text))
        expect(answerKey(text)).toBe(answerKey(text))
        expect(tokenF1(text, text)).toBe(1)
      }),
    )
  })

  it('makes F1 the same in both directions, and 1 for equal answers', () => {
    fc.assert(
      fc.property(texts, texts, (a, b) => {
        expect(tokenF1(a, b)).toBeCloseTo(tokenF1(b, a), 12)
        if (answerKey(a) === answerKey(b)) expect(tokenF1(a, b)).toBe(1)
      }),
    )
  })

  it('takes a long text in no time to speak of', () => {
    const long = `${'('.repeat(200_000)}x${'.'.repeat(200_000)} ${'1,'.repeat(100_000)}`
    expect(answerKey(long)).toContain('x')
  })
})
