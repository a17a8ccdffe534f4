import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pairedDifference } from '../../../../src/shared/domain/statistics/newcombe.ts'
import { wilson } from '../../../../src/shared/domain/statistics/wilson.ts'
import type { Estimate } from '../../../../src/shared/domain/statistics/estimate.ts'

function known(estimate: Estimate | null): Estimate {
  if (estimate === null) throw new Error('There is no estimate.')
  return estimate
}

function share(count: number, of: number): Estimate {
  return known(wilson(count, of))
}

/** Rows of which none, one or both arms are right. */
function difference(cells: readonly [number, number, number, number]): Estimate {
  const [bothRight, onlyB, onlyA, bothWrong] = cells
  return known(pairedDifference({ bothRight, onlyA, onlyB, bothWrong }))
}

const counts = fc
  .integer({ min: 1, max: 500 })
  .chain((of) => fc.record({ count: fc.integer({ min: 0, max: of }), of: fc.constant(of) }))
const cells = fc
  .tuple(fc.nat(60), fc.nat(60), fc.nat(60), fc.nat(60))
  .filter((all) => all.some((one) => one > 0))

describe('wilson', () => {
  it('gives published intervals', () => {
    // 80 % of 20, 50 and 200 rows.
    const percent = ({ low, high }: Estimate) => [Math.round(low * 100), Math.round(high * 100)]
    expect(percent(share(16, 20))).toEqual([58, 92])
    expect(percent(share(40, 50))).toEqual([67, 89])
    expect(percent(share(160, 200))).toEqual([74, 85])
    // Newcombe (1998), Statistics in Medicine 17, 857–872, Table I, method 3.
    for (const [count, of, low, high] of [
      [81, 263, 0.2553, 0.3662],
      [15, 148, 0.0624, 0.1605],
      [0, 20, 0, 0.1611],
      [1, 29, 0.0061, 0.1718],
    ] as const) {
      expect(share(count, of).low).toBeCloseTo(low, 4)
      expect(share(count, of).high).toBeCloseTo(high, 4)
    }
  })

  it('says nothing of no rows', () => {
    expect(wilson(0, 0)).toBeNull()
  })

  it('is within 0 and 1, and contains its value', () => {
    fc.assert(
      fc.property(counts, ({ count, of }) => {
        const { value, low, high } = share(count, of)
        expect(low).toBeGreaterThanOrEqual(0)
        expect(high).toBeLessThanOrEqual(1)
        expect(low).toBeLessThanOrEqual(value)
        expect(high).toBeGreaterThanOrEqual(value)
        expect(high).toBeGreaterThan(low)
      }),
    )
  })

  it('is symmetric, narrows with more rows, and rises with the count', () => {
    fc.assert(
      fc.property(counts, fc.integer({ min: 2, max: 20 }), ({ count, of }, times) => {
        const one = share(count, of)
        const other = share(of - count, of)
        expect(one.low).toBeCloseTo(1 - other.high, 12)
        const more = share(count * times, of * times)
        expect(more.high - more.low).toBeLessThan(one.high - one.low)
        if (count < of) expect(share(count + 1, of).low).toBeGreaterThan(one.low)
      }),
    )
  })
})

describe('pairedDifference', () => {
  it('gives the limits of Newcombe (1998), Statistics in Medicine 17, 2635–2650, Table III', () => {
    for (const [table, low, high] of [
      [[36, 12, 2, 0], 0.0569, 0.3404],
      [[20, 12, 2, 16], 0.0562, 0.3292],
      [[18, 12, 2, 18], 0.0562, 0.329],
      [[36, 14, 0, 0], 0.1528, 0.4167],
      [[35, 14, 0, 1], 0.1461, 0.4175],
      [[18, 14, 0, 18], 0.1441, 0.3963],
      [[2, 97, 1, 0], 0.8721, 0.9854],
      [[0, 30, 0, 0], 0.8395, 1],
      [[54, 0, 0, 0], -0.0664, 0.0664],
      [[30, 0, 0, 24], -0.0358, 0.0358],
    ] as const) {
      expect(difference(table).low).toBeCloseTo(low, 4)
      expect(difference(table).high).toBeCloseTo(high, 4)
    }
  })

  it('gives the limits of Fagerland et al. (2014) for a loss', () => {
    // 1 and 12 alike, 1 against 7: -0.286 (-0.507 to -0.026).
    const found = difference([1, 1, 7, 12])
    expect(found.value).toBeCloseTo(-0.286, 3)
    expect(found.low).toBeCloseTo(-0.507, 3)
    expect(found.high).toBeCloseTo(-0.026, 3)
  })

  it('says nothing of no rows', () => {
    expect(pairedDifference({ bothRight: 0, onlyA: 0, onlyB: 0, bothWrong: 0 })).toBeNull()
  })

  it('is within −1 and 1, contains its value, and changes sign when the arms are swapped', () => {
    fc.assert(
      fc.property(cells, ([both, b, a, none]) => {
        const one = difference([both, b, a, none])
        expect(one.low).toBeGreaterThanOrEqual(-1)
        expect(one.high).toBeLessThanOrEqual(1)
        expect(one.low).toBeLessThanOrEqual(one.value)
        expect(one.high).toBeGreaterThanOrEqual(one.value)
        const turned = difference([both, a, b, none])
        expect(turned.low).toBeCloseTo(-one.high, 12)
        expect(turned.high).toBeCloseTo(-one.low, 12)
      }),
    )
  })

  it('narrows with more rows', () => {
    fc.assert(
      fc.property(cells, fc.integer({ min: 4, max: 20 }), ([both, b, a, none], times) => {
        const one = difference([both, b, a, none])
        const more = difference([both * times, b * times, a * times, none * times])
        expect(more.high - more.low).toBeLessThan(one.high - one.low)
      }),
    )
  })
})
