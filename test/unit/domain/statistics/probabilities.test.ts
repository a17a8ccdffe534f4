import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  calibrate,
  contentFreeInputs,
  contentFreeLean,
} from '../../../../src/shared/domain/statistics/contextualCalibration.ts'
import { margin } from '../../../../src/shared/domain/statistics/margin.ts'

describe('contextual calibration', () => {
  it('has inputs without content', () => {
    expect(contentFreeInputs).toEqual(['N/A', '', '[MASK]'])
  })

  it('averages their probabilities and normalises them to 1', () => {
    const lean = contentFreeLean([
      { positive: 0.6, negative: 0.2 },
      { positive: 0.8, negative: 0.4 },
    ])
    // Means 0.7 and 0.3, which add up already.
    expect(lean.positive).toBeCloseTo(0.7, 12)
    expect(lean.negative).toBeCloseTo(0.3, 12)
  })

  it("divides by the prompt's bias", () => {
    // With 61.8 % positive and 38.2 % negative for "N/A", a row with 60 % positive is negative.
    const lean = { positive: 0.618, negative: 0.382 }
    const found = calibrate({ positive: 0.6, negative: 0.4 }, lean)
    // By hand: 0.6/0.618 = 0.97087, 0.4/0.382 = 1.04712; 0.97087 / 2.01799 = 0.48111.
    expect(found.positive).toBeCloseTo(0.48111, 5)
    expect(found.negative).toBeCloseTo(0.51889, 5)
  })

  it('gives an input without content the same probability for every label', () => {
    const lean = { a: 0.7, b: 0.2, c: 0.1 }
    for (const value of Object.values(calibrate(lean, lean))) expect(value).toBeCloseTo(1 / 3, 12)
  })

  it('changes nothing if the prompt has no bias, and always adds up to 1', () => {
    const weight = fc.double({ min: 0.001, max: 1, noNaN: true })
    fc.assert(
      fc.property(weight, weight, weight, weight, (a, b, leanA, leanB) => {
        const own = { a: a / (a + b), b: b / (a + b) }
        const same = calibrate(own, { a: 0.5, b: 0.5 })
        expect(same.a).toBeCloseTo(own.a, 9)
        const other = calibrate(own, { a: leanA, b: leanB })
        expect((other.a ?? 0) + (other.b ?? 0)).toBeCloseTo(1, 9)
      }),
    )
  })

  it('stays finite with a label that is never given', () => {
    const found = calibrate({ a: 0.5, b: 0.5 }, { a: 1, b: 0 })
    expect(Number.isFinite(found.b)).toBe(true)
    expect(calibrate({ a: 0, b: 0 }, { a: 0.5, b: 0.5 })).toEqual({ a: 0.5, b: 0.5 })
  })
})

describe('margin', () => {
  it('is the lead of the likeliest', () => {
    expect(margin({ a: 0.2, b: 0.7, c: 0.1 })).toBeCloseTo(0.5, 12)
    expect(margin({ a: 0.5, b: 0.5 })).toBe(0)
    expect(margin({ a: 0.9 })).toBe(0.9)
    expect(margin({})).toBe(0)
  })
})
