import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dot } from '../../../../src/main/embedding/dot.ts'
import { createPromptExamples } from '../../../../src/main/templates/running/promptExamples.ts'
import { settleArms } from '../../../../src/main/templates/running/settleArms.ts'
import { armsOfPlan } from '../../../../src/main/templates/running/armsOfPlan.ts'
import {
  farthestFirst,
  variedExamples,
} from '../../../../src/main/templates/running/variedExamples.ts'
import type { VectorCache } from '../../../../src/main/templates/running/nearestExamples.ts'
import { exampleOf, labelTemplate } from '../../../helpers/templates.ts'

const { signal } = new AbortController()

/** A unit vector at an angle, in quarters of a right angle. */
function at(quarters: number): Float32Array {
  const angle = (quarters * Math.PI) / 8
  return Float32Array.of(Math.cos(angle), Math.sin(angle))
}

/** Inputs such as `Text 3`, whose vectors are at these angles. */
function vectorsBy(asked: string[] = []): VectorCache {
  return {
    vectorsOf: (texts) => {
      asked.push(...texts)
      return Promise.resolve(texts.map((text) => at(Number(text.split(' ')[1]))))
    },
  }
}

const examples = (
  [
    ['a', 0, 'good'],
    ['b', 1, 'good'],
    ['c', 4, 'good'],
    ['d', 2, 'bad'],
    ['e', 8, 'bad'],
  ] as const
).map(([id, angle, label]) => exampleOf(id, `Text ${String(angle)}`, label))
const template = labelTemplate({ examples })

describe('farthest first', () => {
  const pools = fc
    .array(
      fc.record({ label: fc.constantFrom('x', 'y', 'z', null), angle: fc.option(fc.nat(15)) }),
      { minLength: 1, maxLength: 12 },
    )
    .map((all) => ({
      labels: all.map(({ label }) => label),
      vectors: all.map(({ angle }) => (angle === null ? null : at(angle))),
    }))

  it('takes as many as wanted, one of each label before any second one, always the same', () => {
    fc.assert(
      fc.property(pools, fc.nat(14), ({ labels, vectors }, count) => {
        const chosen = farthestFirst(labels, vectors, count)
        expect(chosen).toHaveLength(Math.min(count, labels.length))
        expect(new Set(chosen).size).toBe(chosen.length)
        expect(farthestFirst(labels, vectors, count)).toEqual(chosen)
        const there = new Set(labels.filter((one) => one !== null))
        const first = chosen.slice(0, there.size).map((index) => labels[index])
        expect(new Set(first).size).toBe(first.length)
        expect(first).not.toContain(null)
      }),
    )
  })

  it('takes the one whose nearest among those before is the farthest away', () => {
    fc.assert(
      fc.property(pools, ({ labels, vectors }) => {
        const chosen = farthestFirst(labels, vectors, vectors.length)
        const distance = (index: number, before: readonly number[]): number =>
          vectors[index] == null
            ? -1
            : Math.min(
                ...before.map(
                  (one) => 1 - (dot(vectors[one] ?? null, vectors[index] ?? null) ?? -Infinity),
                ),
              )
        const there = new Set(labels.filter((one) => one !== null)).size
        for (let turn = Math.max(1, there); turn < chosen.length; turn += 1) {
          const before = chosen.slice(0, turn)
          const left = vectors.map((_, index) => index).filter((one) => !before.includes(one))
          const taken = distance(chosen[turn] ?? -1, before)
          expect(left.every((one) => distance(one, before) <= taken)).toBe(true)
        }
      }),
    )
  })
})

describe('balanced and varied examples', () => {
  it('are one of each label, then the least alike, in the order of the template', async () => {
    const chosen = async (count: number) =>
      (await variedExamples(vectorsBy(), template, count, signal)).map(({ id }) => id)
    expect(await chosen(1)).toEqual(['a'])
    // Of the bad ones "e" is opposite to "a"; then "c" is between the two.
    expect(await chosen(2)).toEqual(['a', 'e'])
    expect(await chosen(3)).toEqual(['a', 'c', 'e'])
    expect(await chosen(9)).toEqual(['a', 'b', 'c', 'd', 'e'])
  })

  it('leave out those that are off, and are the same for every row', async () => {
    const off = examples.map((one) => ({ ...one, enabled: one.id !== 'e' }))
    const asked: string[] = []
    const choice = { kind: 'varied', count: 2 } as const
    const prompt = createPromptExamples(vectorsBy(asked), { ...template, examples: off }, choice)
    const ids = async (text: string) =>
      (await prompt.examplesFor({ INPUT: text }, signal)).map(({ id }) => id)
    expect(await ids('Text 2')).toEqual(['a', 'd'])
    expect(await ids('Text 8')).toEqual(['a', 'd'])
    expect(asked).toHaveLength(4)
  })
})

describe('the arms of a run with varied examples', () => {
  const settled = (count: number, own = template) => {
    const plan = { kind: 'choice', version: 1, count, seed: 0 } as const
    const planned = armsOfPlan(plan, new Map([[1, own]]))
    return settleArms(planned, () => own, vectorsBy(), signal)
  }

  it('name the examples that were chosen, so that a resumed run has the same', async () => {
    const { arms } = await settled(3)
    expect(arms.find(({ id }) => id === 'varied')).toMatchObject({
      name: 'Balanced and varied (examples 1, 3 and 5)',
      examples: { kind: 'ids', ids: ['a', 'c', 'e'] },
    })
  })

  it('are not run where they come to the examples of another arm', async () => {
    const own = labelTemplate({
      examples: ['a', 'e', 'b'].flatMap((id) => examples.filter((one) => one.id === id)),
    })
    const { arms, notRun } = await settled(2, own)
    expect(arms.map(({ id }) => id)).not.toContain('varied')
    expect(notRun.join(' ')).toContain('balanced and varied (examples 1 and 2)')
    // All of them leave nothing to choose.
    expect((await settled(5)).arms.map(({ id }) => id)).not.toContain('varied')
  })
})
