import { describe, expect, it } from 'vitest'
import { plural } from '../../../../src/shared/domain/localFormat.ts'
import { listed } from '../../../../src/shared/domain/listed.ts'
import {
  capitalised,
  count,
  inSentence,
  percent,
  points,
  pointRange,
  pValue,
  seconds,
} from '../../../../src/shared/domain/testRun/words.ts'

describe('figures in words', () => {
  it('never rounds to all or to none', () => {
    expect([0, 0.001, 0.414, 0.995, 0.9999, 1].map(percent)).toEqual([
      '0 %',
      'under 1 %',
      '41 %',
      'over 99 %',
      'over 99 %',
      '100 %',
    ])
  })

  it('says differences in points', () => {
    expect([0.404, 0.01, -0.0125, 0, -0.004].map(points)).toEqual([
      '40 points',
      '1 point',
      '−1 point',
      '0 points',
      '0 points',
    ])
    expect(pointRange(-0.084, 0.061)).toBe('−8 to 6')
  })

  it('rounds p values to what is meaningful', () => {
    expect([0.0004, 0.0125, 0.0499, 0.07, 0.31, 0.9999, 1].map(pValue)).toEqual([
      'p < 0.001',
      'p = 0.013',
      'p = 0.050',
      'p = 0.070',
      'p = 0.31',
      'p = 1.0',
      'p = 1.0',
    ])
  })

  it('counts', () => {
    expect([0, 4, 12, 13, 1204].map(count)).toEqual(['no', 'four', 'twelve', '13', '1,204'])
    expect(plural(1, 'row')).toBe('1 row')
    expect(plural(2, 'reply', 'replies')).toBe('2 replies')
    expect(listed(['a'])).toBe('a')
    expect(listed(['a', 'b', 'c'])).toBe('a, b and c')
    expect(listed([])).toBe('')
  })

  it('fits names into sentences', () => {
    expect(inSentence('Few-shot')).toBe('few-shot')
    expect(inSentence('GPT')).toBe('GPT')
    expect(capitalised('use')).toBe('Use')
    expect([0.001, 0.012, 0.84, 1.1, 12.4].map(seconds)).toEqual([
      'under 0.01 s',
      '0.01 s',
      '0.8 s',
      '1.1 s',
      '12 s',
    ])
  })
})
