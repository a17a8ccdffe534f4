import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { holm } from '../../../../src/shared/domain/statistics/holm.ts'
import { mcnemarExact } from '../../../../src/shared/domain/statistics/mcnemar.ts'

describe('mcnemarExact', () => {
  it('is the two-sided binomial test with one half', () => {
    // By hand: 2 · (1/2)^6, 2 · (1/2)^5, 2 · (1 + 10) / 2^10.
    expect(mcnemarExact(6, 0)).toBeCloseTo(0.03125, 12)
    expect(mcnemarExact(5, 0)).toBeCloseTo(0.0625, 12)
    expect(mcnemarExact(1, 9)).toBeCloseTo(22 / 1024, 12)
    // Armitage and Berry (1994), p. 127: two media for one bacillus.
    expect(mcnemarExact(12, 2)).toBeCloseTo(0.0129, 4)
  })

  it('is 1 if the arms differ equally often in both directions, or not at all', () => {
    expect(mcnemarExact(0, 0)).toBe(1)
    expect(mcnemarExact(7, 7)).toBe(1)
    expect(mcnemarExact(3, 4)).toBe(1)
  })

  it('stays exact where powers of two underflow', () => {
    // SciPy's binomtest.
    expect(mcnemarExact(5200, 4800) / 6.593515598672343e-5).toBeCloseTo(1, 8)
    expect(mcnemarExact(5120, 4880)).toBeCloseTo(0.01684406715490004, 9)
    expect(mcnemarExact(50, 30)).toBeCloseTo(0.03299261842647619, 12)
    expect(mcnemarExact(34, 2) / 1.941225491464138e-8).toBeCloseTo(1, 8)
    expect(mcnemarExact(10_000, 0)).toBe(0)
  })

  it('is within 0 and 1, symmetric, and falls as the arms differ more', () => {
    fc.assert(
      fc.property(fc.nat(400), fc.nat(400), (better, worse) => {
        const p = mcnemarExact(better, worse)
        expect(p).toBeGreaterThanOrEqual(0)
        expect(p).toBeLessThanOrEqual(1)
        expect(mcnemarExact(worse, better)).toBe(p)
        if (better >= worse) expect(mcnemarExact(better + 1, worse)).toBeLessThanOrEqual(p)
      }),
    )
  })
})

describe('holm', () => {
  it('multiplies the smallest by their number, the next by one less, and is monotonic', () => {
    // Worked out by hand: 0.005·4, 0.01·3, 0.03·2, then 0.04·1, which may not be below 0.06.
    const corrected = holm([0.01, 0.04, 0.03, 0.005])
    ;[0.03, 0.06, 0.06, 0.02].forEach((value, index) => {
      expect(corrected[index]).toBeCloseTo(value, 12)
    })
  })

  it('leaves a single value unchanged, and accepts none', () => {
    expect(holm([0.04])).toEqual([0.04])
    expect(holm([])).toEqual([])
    expect(holm([0.6, 0.7])).toEqual([1, 1])
  })

  it('keeps the order, and never lowers a value', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true })), (values) => {
        const corrected = holm(values)
        const order = (of: readonly number[]) => (a: number, b: number) =>
          (of[a] ?? 0) - (of[b] ?? 0)
        const places = values.map((_, index) => index).sort(order(values))
        for (const [rank, index] of places.entries()) {
          const value = corrected[index] ?? -1
          expect(value).toBeGreaterThanOrEqual(values[index] ?? 2)
          expect(value).toBeLessThanOrEqual(1)
          const before = places[rank - 1]
          if (before !== undefined) expect(value).toBeGreaterThanOrEqual(corrected[before] ?? 2)
        }
      }),
    )
  })
})
