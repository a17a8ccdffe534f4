import { describe, expect, it } from 'vitest'
import {
  chooseExamples,
  type StaticChoice,
} from '../../../../src/main/templates/running/chooseExamples.ts'
import { exampleOf, labelTemplate } from '../../../helpers/templates.ts'

const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']
const template = labelTemplate({
  examples: ids.map((id) => ({ ...exampleOf(id, `Text ${id}`, 'good'), enabled: id !== 'h' })),
})
const enabled = ids.slice(0, 7)

function chosen(choice: StaticChoice): string[] {
  return chooseExamples(template, choice).map(({ id }) => id)
}

describe('the examples of a prompt', () => {
  it('are those that are switched on, in their order, or none', () => {
    expect(chosen({ kind: 'all' })).toEqual(enabled)
    expect(chosen({ kind: 'none' })).toEqual([])
  })

  it('are the named ones, in the order in which they are named', () => {
    expect(chosen({ kind: 'ids', ids: ['c', 'gone', 'a'] })).toEqual(['c', 'a'])
  })

  it('are drawn by the seed: the same for the same seed, others for another', () => {
    const draw = (seed: number): string[] => chosen({ kind: 'random', count: 3, seed })
    expect(draw(1)).toEqual(draw(1))
    expect(new Set([0, 1, 2, 3, 4].map((seed) => draw(seed).join(''))).size).toBeGreaterThan(2)
    for (let seed = 0; seed < 40; seed += 1) {
      expect(new Set(draw(seed)).size).toBe(3)
      expect(draw(seed)).not.toContain('h')
    }
  })

  it('include the smaller draw in the larger one', () => {
    for (let count = 1; count <= 7; count += 1) {
      const draw = chosen({ kind: 'random', count, seed: 5 })
      expect(draw).toHaveLength(count)
      expect(chosen({ kind: 'random', count: 9, seed: 5 }).slice(0, count)).toEqual(draw)
    }
  })

  it('are all of them in another order where they are shuffled', () => {
    const order = chosen({ kind: 'shuffled', seed: 2 })
    expect(order).not.toEqual(enabled)
    expect([...order].sort()).toEqual(enabled)
    expect(chosen({ kind: 'shuffled', seed: 2 })).toEqual(order)
  })
})
