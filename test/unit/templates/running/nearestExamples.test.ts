import { describe, expect, it } from 'vitest'
import {
  createNearestExamples,
  createVectorCache,
} from '../../../../src/main/templates/running/nearestExamples.ts'
import { voteOf, voters } from '../../../../src/main/templates/running/neighbourVote.ts'
import { createFakeEmbedder } from '../../../helpers/fakeEmbedder.ts'
import { exampleOf, labelTemplate } from '../../../helpers/templates.ts'

const { signal } = new AbortController()
// The fake embedder's vectors make a longer text the nearer one.
const pool = [
  exampleOf('short', 'Rain', 'bad'),
  exampleOf('long', 'A lovely morning by the sea', 'good'),
  exampleOf('middle', 'It rained all day', 'bad'),
]

function setUp() {
  const embedder = createFakeEmbedder()
  const found = createNearestExamples(createVectorCache(embedder), labelTemplate(), pool)
  return {
    embedder,
    nearest: async (input: string, count: number): Promise<string[]> => {
      const neighbours = await found.nearest({ INPUT: input }, count, signal)
      return neighbours.map(({ example }) => example.id)
    },
  }
}

describe('the nearest examples', () => {
  it('are sorted nearest first, up to the requested number', async () => {
    const { nearest } = setUp()
    expect(await nearest('Some text', 2)).toEqual(['long', 'middle'])
    expect(await nearest('Some text', 9)).toEqual(['long', 'middle', 'short'])
  })

  it('never include the row itself: it would give away the answer', async () => {
    const { nearest } = setUp()
    expect(await nearest('A lovely morning by the sea', 2)).toEqual(['middle', 'short'])
    expect(await nearest(' a LOVELY  morning by\nthe sea', 2)).toEqual(['middle', 'short'])
  })

  it('put a text without a known word last instead of failing', async () => {
    const { nearest } = setUp()
    expect(await nearest('(wordless)', 3)).toEqual(['short', 'long', 'middle'])
  })

  it('are embedded once, however many rows there are', async () => {
    const { embedder, nearest } = setUp()
    await nearest('One row', 1)
    await nearest('Another row', 1)
    await nearest('One row', 1)
    expect(embedder.texts).toHaveLength(pool.length + 2)
    expect(new Set(embedder.texts).size).toBe(pool.length + 2)
  })
})

describe('the vote of the nearest examples', () => {
  const { format } = labelTemplate()
  const neighbours = (...votes: readonly (readonly [output: string, similarity: number])[]) =>
    votes.map(([output, similarity], index) => ({
      example: exampleOf(`e${String(index)}`, 'Text', output),
      similarity,
    }))

  it('is that of the majority; a tie goes to the nearer ones', () => {
    expect(voteOf(format, neighbours(['bad', 0.9], ['good', 0.5], ['good', 0.4]))).toBe('good')
    expect(voteOf(format, neighbours(['good', 0.4], ['bad', 0.9]))).toBe('bad')
    expect(voteOf(format, [])).toBe('')
  })

  it('is among an odd number, about the square root of all', () => {
    expect([1, 4, 9, 16, 25, 500].map(voters)).toEqual([1, 1, 3, 3, 5, 9])
  })

  it('is taken field by field', () => {
    const json = {
      kind: 'json' as const,
      fields: [
        { name: 'sure', optional: false, type: { kind: 'boolean' as const } },
        { name: 'city', optional: false, type: { kind: 'text' as const, hint: '' } },
      ],
    }
    const said = neighbours(
      ['{"sure": true, "city": "Rome"}', 0.9],
      ['{"sure": false, "city": "Oslo"}', 0.5],
      ['{"sure": false, "city": "Rome"}', 0.4],
    )
    expect(voteOf(json, said)).toBe('{"sure": false, "city": "Rome"}')
  })
})

it('the vectors of one call are from one embedder, even if another takes over meanwhile', async () => {
  let id = 'first'
  const cache = createVectorCache({
    get id() {
      return id
    },
    embed(texts) {
      const dimensions = id === 'first' ? 2 : 3
      id = 'second'
      return Promise.resolve(texts.map(() => new Float32Array(dimensions)))
    },
  })
  const lengths = async (...texts: string[]): Promise<unknown[]> =>
    (await cache.vectorsOf(texts, signal)).map((vector) => vector?.length)
  expect(await lengths('a', 'b')).toEqual([2, 2])
  expect(await lengths('a', 'c')).toEqual([3, 3])
})
