import { expect, it } from 'vitest'
import {
  formatBytes,
  formatDate,
  formatDuration,
  formatTimeLeft,
  plural,
} from '../../../src/renderer/src/ui/format.ts'

it.each([
  [0.4, 'almost done'],
  [5.2, 'about 6 s'],
  [118, 'about 2 min'],
  [5400, 'about 1.5 h'],
])('says how long %d seconds still take', (seconds, words) => {
  expect(formatTimeLeft(seconds)).toBe(words)
})

it.each([
  [85.4, '85 ms'],
  [2410, '2.4 s'],
  [72_000, '1 min 12 s'],
])('says how long %d ms took', (ms, words) => {
  expect(formatDuration(ms)).toBe(words)
})

it.each([
  [1, '1 byte'],
  [84_000, '84 KB'],
  [8_400_000, '8.4 MB'],
  [999_900, '1.0 MB'],
])('says how large %d bytes are', (bytes, words) => {
  expect(formatBytes(bytes)).toBe(words)
})

it('counts in words', () => {
  expect([plural(1, 'file'), plural(1204, 'passage')]).toEqual(['1 file', '1,204 passages'])
})

it('names the day where that is shorter', () => {
  const now = new Date(2026, 2, 3, 12)
  expect(formatDate(new Date(2026, 2, 3, 9, 10).toISOString(), now)).toBe('today, 09:10')
  expect(formatDate(new Date(2026, 2, 2, 17, 2).toISOString(), now)).toBe('yesterday, 17:02')
  expect(formatDate(new Date(2026, 1, 3).toISOString(), now)).toBe('3 Feb 2026')
})
