import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readPattern } from '../../../src/shared/domain/linearPattern.ts'

function matches(source: string, text: string): boolean {
  const reading = readPattern(source)
  if (!reading.ok) throw new Error(reading.why)
  return reading.pattern.test(text)
}

const atoms = [
  'a',
  'b',
  'ab',
  '.',
  '[ab]',
  '[^a]',
  String.raw`\d`,
  String.raw`\w`,
  String.raw`\b`,
  String.raw`\B`,
  '^',
  '$',
  'é',
  '😀',
  String.raw`\p{L}`,
  String.raw`\u{1F600}`,
  String.raw`\.`,
  String.raw`[\]]`,
]
const { source } = fc.letrec<{ source: string }>((tie) => ({
  source: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom(...atoms),
    fc.tuple(tie('source'), tie('source')).map(([a, b]) => a + b),
    fc.tuple(tie('source'), tie('source')).map(([a, b]) => `(?:${a}|${b})`),
    fc
      .tuple(tie('source'), fc.constantFrom('*', '+', '?', '{2}', '{1,2}', '{0,}', '*?'))
      .map(([a, sign]) => `(${a})${sign}`),
  ),
}))
const text = fc.string({
  unit: fc.constantFrom('a', 'b', '1', ' ', '.', 'é', '😀', '\n'),
  maxLength: 7,
})

describe('a pattern that takes linear time', () => {
  it('matches where the engine’s own would', () => {
    fc.assert(
      fc.property(source, text, (pattern, one) => {
        expect(matches(pattern, one)).toBe(new RegExp(pattern, 'u').test(one))
      }),
      { numRuns: 1_000 },
    )
  })

  it.each([
    String.raw`^(a+)+$`,
    '(a|aa)+$',
    String.raw`(.*)*x`,
    String.raw`(a|a)*b`,
    '(?:a?){30}a{30}b',
  ])('ends for %s, which could take the engine for ever', (pattern) => {
    expect(matches(pattern, `${'a'.repeat(5_000)}!`)).toBe(false)
  })

  it.each([
    ['(', 'brackets'],
    ['a**', 'brackets'],
    ['(?=a)b', 'Look-around'],
    ['(?<!a)b', 'Look-around'],
    [String.raw`(a)\1`, 'References back'],
    [String.raw`(?<n>a)\k<n>`, 'References back'],
    ['a{5000}', 'repeats too much'],
    ['((a{100}){100}){100}', 'repeats too much'],
    ['(((){1999}){1999}){1999}', 'repeats too much'],
    ['('.repeat(200) + ')'.repeat(200), 'nested'],
  ])('refuses %s, and says why', (pattern, why) => {
    const reading = readPattern(pattern)
    expect(reading).toMatchObject({ ok: false })
    expect(reading.ok ? '' : reading.why).toContain(why)
  })

  it('reads named groups', () => {
    expect(matches(String.raw`^(?<year>\d{4})-(\d\d)$`, '2024-03')).toBe(true)
  })
})
