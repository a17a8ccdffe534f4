import { afterEach, describe, expect, it } from 'vitest'
import {
  compareNames,
  formatBytes,
  formatClock,
  formatCount,
  formatDay,
  formatDecimal,
  plural,
  setLocale,
} from '../../../src/shared/domain/localFormat.ts'
import { pValue, seconds } from '../../../src/shared/domain/testRun/words.ts'

afterEach(() => {
  setLocale('en-GB')
})

/** `Intl` parts thousands with several kinds of blanks. */
const plain = (text: string): string => text.replace(/\s/gu, ' ')

describe('figures as the system writes them', () => {
  const date = new Date(2026, 2, 3, 17, 5)

  it.each([
    ['en-GB', ['1,204 rows', '8.4 MB', '2.45', '17:05', '3 Mar 2026']],
    ['en-US', ['1,204 rows', '8.4 MB', '2.45', '05:05 PM', 'Mar 3, 2026']],
    ['de-DE', ['1.204 rows', '8,4 MB', '2,45', '17:05', '3. März 2026']],
    ['fr-FR', ['1 204 rows', '8,4 MB', '2,45', '17:05', '3 mars 2026']],
  ])('are those of %s', (tag, expected) => {
    setLocale(tag)
    const shown = [
      plural(1204, 'row'),
      formatBytes(8_400_000),
      formatDecimal(2.449, 2),
      formatClock(date),
      formatDay(date),
    ]
    expect(shown.map(plain)).toEqual(expected)
  })

  it('are the same in what a run says', () => {
    setLocale('de')
    expect([pValue(0.0312), pValue(0.0001), seconds(0.3), seconds(0.001)]).toEqual([
      'p = 0,031',
      'p < 0,001',
      '0,3 s',
      'under 0,01 s',
    ])
  })

  it('stay as they are for a locale that nobody knows', () => {
    for (const tag of ['xx-XX', 'C', '', 'not a tag']) {
      setLocale(tag)
      expect(formatCount(1204)).toBe('1,204')
    }
  })

  it('order names', () => {
    setLocale('sv')
    expect(['zebra', 'ö', 'a10', 'a9'].sort(compareNames)).toEqual(['a9', 'a10', 'zebra', 'ö'])
    setLocale('de')
    expect(['zebra', 'ö', 'a10', 'a9'].sort(compareNames)).toEqual(['a9', 'a10', 'ö', 'zebra'])
  })
})
