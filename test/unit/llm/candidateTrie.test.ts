import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  buildTrie,
  greedyLeaf,
  leavesByProbability,
  logSumExp,
  type Branching,
  type Leaf,
  type Weigh,
} from '../../../src/main/llm/host/candidateTrie.ts'

async function all(sequences: readonly (readonly number[] | null)[], weigh: Weigh) {
  const leaves: Leaf[] = []
  for await (const leaf of leavesByProbability(buildTrie(sequences), weigh)) leaves.push(leaf)
  return leaves
}

/** A made-up model: a weight for every token after every path, the same each time. */
function weightOf(path: readonly number[], token: number): number {
  let hash = 2166136261
  for (const value of [...path, 1000 + token]) hash = Math.imul(hash ^ value, 16777619) >>> 0
  return (hash % 1000) / 200
}
const END = -1
const madeUp: Weigh = ({ path, next, end }) =>
  Promise.resolve([...next, ...(end ? [END] : [])].map((token) => weightOf(path, token)))

/** The same probability, token by token, from the list of the candidates alone. */
function expected(sequences: readonly (readonly number[])[], index: number): number {
  const own = sequences[index] ?? []
  let probability = 1
  for (let at = 0; at <= own.length; at += 1) {
    const path = own.slice(0, at)
    const begins = (one: readonly number[]): boolean => path.every((token, i) => one[i] === token)
    const followers = sequences.filter(begins).map((one) => one[at] ?? END)
    const allowed = [...new Set(followers)]
    const sum = allowed.reduce((total, token) => total + Math.exp(weightOf(path, token)), 0)
    probability *= Math.exp(weightOf(path, own[at] ?? END)) / sum
  }
  return probability
}

const sequence = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 6 })
const distinct = fc.uniqueArray(sequence, {
  minLength: 1,
  maxLength: 8,
  selector: (tokens) => tokens.join(','),
})

test('every candidate is returned once, likeliest first, with its probability under a grammar', async () => {
  await fc.assert(
    fc.asyncProperty(distinct, async (sequences) => {
      const leaves = await all(sequences, madeUp)
      expect(leaves.map((leaf) => leaf.candidate).sort((a, b) => a - b)).toEqual([
        ...sequences.keys(),
      ])
      const sum = leaves.reduce((total, leaf) => total + leaf.probability, 0)
      expect(sum).toBeCloseTo(1, 9)
      for (const [rank, leaf] of leaves.entries()) {
        expect(leaf.probability).toBeCloseTo(expected(sequences, leaf.candidate), 9)
        expect(leaf.probability).toBeLessThanOrEqual(leaves[rank - 1]?.probability ?? 1)
      }
    }),
  )
})

test('the model is asked only where candidates differ', async () => {
  const asked: Branching[] = []
  const weigh: Weigh = (branching) => {
    asked.push(branching)
    return Promise.resolve(branching.next.map(() => 0))
  }
  const leaves = await all(
    [
      [7, 1, 2, 3],
      [7, 1, 2, 4],
      [7, 5, 5, 5],
    ],
    weigh,
  )
  expect(asked).toEqual([
    { path: [7], next: [1, 5], end: false },
    { path: [7, 1, 2], next: [3, 4], end: false },
  ])
  expect(leaves.map((leaf) => leaf.candidate)).toEqual([2, 0, 1])
})

test('a single candidate is certain without asking the model', async () => {
  const leaves = await all([null, [4, 5], null], () => Promise.reject(new Error('asked')))
  expect(leaves).toEqual([{ candidate: 1, probability: 1 }])
})

test('a candidate that is a prefix of another can be chosen', async () => {
  const sequences = [
    [1, 2],
    [1, 2, 3],
  ]
  const weigh: Weigh = ({ next, end }) =>
    Promise.resolve([...next.map(() => 0), ...(end ? [2] : [])])
  const [first, second] = await all(sequences, weigh)
  expect(first?.candidate).toBe(0)
  expect(second?.candidate).toBe(1)
  expect(first?.probability).toBeCloseTo(Math.exp(2) / (Math.exp(2) + 1), 12)
})

test('equal candidates are returned once, as the first of them', async () => {
  expect(await all([[1], [2], [1]], madeUp)).toHaveLength(2)
})

test('probabilities of several tokens are added up', () => {
  expect(logSumExp([Math.log(0.2), Math.log(0.3)])).toBeCloseTo(Math.log(0.5), 12)
  expect(logSumExp([-Infinity, -Infinity])).toBe(-Infinity)
})

test('the greedy candidate is reached by taking the likeliest token each time', async () => {
  await fc.assert(
    fc.asyncProperty(distinct, async (sequences) => {
      let path: number[] = []
      for (;;) {
        const open = sequences.filter((one) => path.every((token, at) => one[at] === token))
        const next = [...new Set(open.map((one) => one[path.length] ?? END))]
        const [best = END] = next.sort((a, b) => weightOf(path, b) - weightOf(path, a))
        if (best === END) break
        path = [...path, best]
      }
      const { candidate, path: found } = await greedyLeaf(buildTrie(sequences), madeUp)
      expect(found).toEqual(path)
      expect(sequences[candidate]).toEqual(path)
    }),
  )
})

test('a single candidate is found without asking the model', async () => {
  const never: Weigh = () => Promise.reject(new Error('asked'))
  expect(await greedyLeaf(buildTrie([[1, 2, 3]]), never)).toEqual({ candidate: 0, path: [1, 2, 3] })
})
