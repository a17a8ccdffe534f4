import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  fitOrderScale,
  orderAlone,
  usualOrderScale,
  type ChoiceMade,
} from '../../../../src/main/chat/choice/fitOrderScale.ts'

/** Four candidates, of which the second is right; `probability` of that one, the others share the rest. */
function made(probability: number, scores: readonly number[]): ChoiceMade {
  return {
    candidates: scores.map((score, at) => ({
      probability: at === 1 ? probability : (1 - probability) / (scores.length - 1),
      score,
      right: at === 1,
    })),
  }
}

const rightFirst = [0.5, 0.9, 0.4, 0.3]
const rightSecond = [0.9, 0.8, 0.4, 0.3]
const mixed = (probability: number): ChoiceMade[] =>
  Array.from({ length: 24 }, (_, at) => made(probability, at % 3 > 0 ? rightFirst : rightSecond))

describe('fitOrderScale', () => {
  it('lets the order decide where the model gives every candidate the same', () => {
    expect(fitOrderScale(mixed(0.25))).toBe(orderAlone)
  })

  it('lets the order decide where the model is certain of wrong candidates', () => {
    expect(fitOrderScale(mixed(0.0001))).toBe(orderAlone)
  })

  it('lets a model that knows overrule the order', () => {
    const scale = fitOrderScale(mixed(0.97))
    // The right one is 0.1 worse in the order, and e to 0.1 divided by the scale less likely by it.
    expect(0.97 * Math.exp(-0.1 / scale)).toBeGreaterThan(0.01)
  })

  it('gives a model that is right a little more often less than one that is right always', () => {
    const alternating = Array.from({ length: 36 }, (_, at) =>
      made(at % 5 === 0 ? 0.05 : 0.7, at % 3 > 0 ? rightFirst : rightSecond),
    )
    expect(fitOrderScale(alternating)).toBeLessThanOrEqual(fitOrderScale(mixed(0.97)))
  })

  it('says nothing of few questions', () => {
    expect(fitOrderScale(mixed(0.97).slice(0, 5))).toBe(usualOrderScale)
    expect(fitOrderScale([])).toBe(usualOrderScale)
  })

  it('is in its range whatever was chosen', () => {
    const candidate = fc.record({
      probability: fc.double({ min: 0, max: 1, noNaN: true }),
      score: fc.double({ min: 0, max: 1.5, noNaN: true }),
    })
    const choice = fc
      .tuple(fc.array(candidate, { minLength: 2, maxLength: 6 }), fc.nat())
      .map(([candidates, nth]) => ({
        candidates: candidates.map((one, at) => ({
          ...one,
          right: at === nth % candidates.length,
        })),
      }))
    fc.assert(
      fc.property(fc.array(choice, { minLength: 12, maxLength: 14 }), (choices) => {
        const scale = fitOrderScale(choices)
        expect(scale).toBeGreaterThanOrEqual(orderAlone)
        expect(scale).toBeLessThanOrEqual(1)
      }),
      { numRuns: 30 },
    )
  })
})
