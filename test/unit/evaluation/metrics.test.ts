import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  decide,
  f1,
  ndcg,
  overlap,
  percentile,
  recallAt,
  reciprocalRank,
  separation,
} from '../../../src/main/evaluation/metrics.ts'

const grades = new Map([
  ['a', 3],
  ['b', 1],
  ['c', 0],
])

describe('ranking', () => {
  it('computes nDCG as worked out by hand', () => {
    // Gains 2^3 - 1 = 7 and 1; discounts 1 and 1 / log2(3) = 0.63093.
    expect(ndcg(['a', 'b'], grades, 10)).toBe(1)
    expect(ndcg(['b', 'a'], grades, 10)).toBeCloseTo((1 + 7 * 0.63093) / (7 + 0.63093), 4)
    expect(ndcg(['b', 'a'], grades, 10, 'linear')).toBeCloseTo((1 + 3 * 0.63093) / (3 + 0.63093), 4)
    expect(ndcg(['x', 'c', 'a'], grades, 10)).toBeCloseTo((7 * 0.5) / (7 + 0.63093), 4)
  })

  it('stops at the cut-off, in the ideal order too', () => {
    expect(ndcg(['x', 'a'], grades, 1)).toBe(0)
    expect(ndcg(['a'], grades, 1)).toBe(1)
  })

  it('is 0 if nothing is relevant', () => {
    expect(ndcg(['a'], new Map([['a', 0]]), 10)).toBe(0)
    expect(recallAt(['a'], new Map(), 10)).toBe(0)
  })

  it('is between 0 and 1', () => {
    const ids = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'))
    fc.assert(
      fc.property(ids, fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.nat(4)), (ranked, own) => {
        const value = ndcg(ranked, new Map(Object.entries(own)), 3)
        expect(value).toBeGreaterThanOrEqual(0)
        expect(value).toBeLessThanOrEqual(1 + 1e-9)
      }),
    )
  })

  it('computes recall and the reciprocal rank', () => {
    expect(recallAt(['x', 'b', 'c', 'a'], grades, 3)).toBe(0.5)
    expect(reciprocalRank(['c', 'b', 'a'], grades, 10)).toBe(0.5)
    expect(reciprocalRank(['x', 'y', 'a'], grades, 2)).toBe(0)
  })
})

describe('percentile', () => {
  it('takes the nearest rank', () => {
    const values = [50, 15, 40, 20, 35]
    expect([5, 30, 40, 50, 100].map((p) => percentile(values, p))).toEqual([15, 20, 20, 35, 50])
    expect(percentile([], 50)).toBe(0)
  })
})

describe('overlap', () => {
  const range = (start: number, end: number) => ({ start, end })

  it('computes recall, precision and intersection over union', () => {
    // Evidence 10–30, retrieved 0–20 and 40–50: 10 in both, 30 retrieved, 20 wanted.
    expect(overlap([range(0, 20), range(40, 50)], [range(10, 30)])).toEqual({
      recall: 0.5,
      precision: 1 / 3,
      iou: 10 / 40,
    })
  })

  it('counts text that was retrieved twice as twice the cost', () => {
    expect(overlap([range(0, 10), range(0, 10)], [range(0, 10)])).toEqual({
      recall: 1,
      precision: 1,
      iou: 0.5,
    })
  })

  it('joins evidence that overlaps', () => {
    expect(overlap([range(0, 5)], [range(0, 4), range(2, 5)]).recall).toBe(1)
    expect(overlap([], [range(0, 4)])).toEqual({ recall: 0, precision: 0, iou: 0 })
  })
})

describe('decisions', () => {
  const cases = [
    { score: 0.1, positive: true },
    { score: 0.3, positive: false },
    { score: 0.4, positive: true },
    { score: 0.9, positive: false },
  ]

  it('computes precision and recall of falling below a threshold', () => {
    expect(decide(cases, 0.5)).toEqual({ threshold: 0.5, precision: 2 / 3, recall: 1 })
    expect(decide(cases, 0.2)).toEqual({ threshold: 0.2, precision: 1, recall: 0.5 })
    expect(decide(cases, 0)).toEqual({ threshold: 0, precision: 0, recall: 0 })
    expect(f1({ precision: 1, recall: 0.5 })).toBeCloseTo(2 / 3)
  })

  it('computes how well scores separate', () => {
    // Of four pairs, three are in order.
    expect(separation(cases)).toBe(0.75)
    expect(separation([{ score: 1, positive: true }])).toBe(0)
  })

  it('counts scores that are equal as half in order', () => {
    const tied = [true, false].map((positive) => ({ score: 0.5, positive }))
    expect(separation(tied)).toBe(0.5)
    // Of four pairs, two are in order and one is tied.
    expect(
      separation([...tied, { score: 0.7, positive: true }, { score: 0.9, positive: false }]),
    ).toBe(0.625)
  })
})
