import { describe, expect, it } from 'vitest'
import { detectableDifference } from '../../../../src/shared/domain/statistics/detectableDifference.ts'
import { mcnemarExact } from '../../../../src/shared/domain/statistics/mcnemar.ts'

function logFactorial(of: number): number {
  let sum = 0
  for (let i = 2; i <= of; i += 1) sum += Math.log(i)
  return sum
}

/** How often McNemar's test finds a difference, summed over all outcomes. */
function power(rows: number, difference: number, noise: number): number {
  const shares = [difference + noise, noise, 1 - difference - 2 * noise]
  let found = 0
  for (let better = 0; better <= rows; better += 1) {
    for (let worse = 0; worse <= Math.min(better, rows - better); worse += 1) {
      if (mcnemarExact(better, worse) >= 0.05) continue
      const counts = [better, worse, rows - better - worse]
      const logarithm = counts.reduce((sum, count, index) => {
        const share = shares[index] ?? 0
        return count === 0 ? sum : sum + count * Math.log(share) - logFactorial(count)
      }, logFactorial(rows))
      found += Math.exp(logarithm)
    }
  }
  return found
}

describe('detectableDifference', () => {
  it('is found in about four of five samples', () => {
    for (const rows of [20, 50, 80]) {
      for (const noise of [0, 0.05, 0.1]) {
        const found = power(rows, detectableDifference(rows, noise), noise)
        expect(found).toBeGreaterThan(0.77)
        expect(found).toBeLessThan(0.88)
      }
    }
  })

  it('shrinks with more rows and grows with more noise', () => {
    expect(detectableDifference(200, 0.05)).toBeLessThan(detectableDifference(100, 0.05))
    expect(detectableDifference(100, 0.1)).toBeGreaterThan(detectableDifference(100, 0.05))
    expect(detectableDifference(10_000, 0.05)).toBeLessThan(0.01)
  })

  it('is 1 if there are too few rows to detect anything', () => {
    expect(detectableDifference(1, 0)).toBe(1)
    expect(detectableDifference(5, 0)).toBeGreaterThan(0.95)
  })
})
