import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { choiceShares } from '../../../../src/main/chat/choice/choiceShares.ts'
import {
  fitChoiceWeights,
  type ChoiceMade,
} from '../../../../src/main/chat/choice/fitChoiceWeights.ts'

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

/** The share that the right candidate has on average. */
function meanShare(choices: readonly ChoiceMade[]): number {
  const weights = fitChoiceWeights(choices) ?? { model: 0, score: 0 }
  const shares = choices.map(({ candidates }) => choiceShares(candidates, weights)[1] ?? 0)
  return shares.reduce((sum, one) => sum + one, 0) / shares.length
}

describe('fitChoiceWeights', () => {
  it('lets the order decide where the model gives every candidate the same', () => {
    expect(fitChoiceWeights(mixed(0.25))?.model).toBe(0)
  })

  it('lets the order decide where the model is certain of wrong candidates', () => {
    expect(fitChoiceWeights(mixed(0.0001))?.model).toBe(0)
  })

  it('lets a model that knows overrule the order', () => {
    const weights = fitChoiceWeights(mixed(0.97)) ?? { model: 0, score: 0 }
    const [first = 0, right = 0] = choiceShares(made(0.97, rightSecond).candidates, weights)
    expect(right).toBeGreaterThan(first)
  })

  it('is as sure as it is right', () => {
    // The order is right in two of three.
    expect(meanShare(mixed(0.25))).toBeGreaterThan(0.5)
    expect(meanShare(mixed(0.25))).toBeLessThan(0.75)
    expect(meanShare(mixed(0.97))).toBeGreaterThan(0.95)
  })

  it('says nothing of few questions', () => {
    expect(fitChoiceWeights(mixed(0.97).slice(0, 5))).toBeNull()
    expect(fitChoiceWeights([])).toBeNull()
  })

  it('is never less likely than chance, whatever was chosen', () => {
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
        const weights = fitChoiceWeights(choices)
        if (weights === null) throw new Error('Enough questions were asked')
        const gain = choices.reduce((sum, { candidates }) => {
          const shares = choiceShares(candidates, weights)
          expect(shares.reduce((total, one) => total + one, 0)).toBeCloseTo(1)
          const right = candidates.findIndex((one) => one.right)
          return sum + Math.log(shares[right] ?? 0) + Math.log(candidates.length)
        }, 0)
        expect(gain).toBeGreaterThanOrEqual(-1e-9)
      }),
      { numRuns: 30 },
    )
  })
})
