import { describe, expect, it } from 'vitest'
import { rankWithFeedback } from '../../../src/main/retrieval/feedback.ts'
import type { RankedChunk } from '../../../src/main/retrieval/fusion.ts'
import { chunkOf } from '../../helpers/retrievalFakes.ts'

function ranked(id: string, words: number, vector: Float32Array | null): RankedChunk {
  return { chunk: chunkOf(id, id), vector, words, fused: words, fullText: words, cosine: null }
}

const question = Float32Array.of(1, 0, 0)

describe('rankWithFeedback', () => {
  it('raises chunks that resemble the best ones more than the question', () => {
    const chunks = [
      ranked('best', 1, Float32Array.of(0, 1, 0)),
      ranked('plain', 0.3, null),
      ranked('another', 0.2, null),
      ranked('unlike', 0.1, Float32Array.of(0, 0, 1)),
      ranked('like the best', 0.1, Float32Array.of(0, 1, 0)),
    ]
    const order = rankWithFeedback(chunks, question).map(({ chunk }) => chunk.contentId)
    expect(order).toEqual(['best', 'like the best', 'plain', 'another', 'unlike'])
  })

  it('adds the cosine with the mean of question and best, by hand', () => {
    const [only] = rankWithFeedback([ranked('a', 1, Float32Array.of(0, 1, 0))], question)
    // Half of (1, 0, 0) and half of (0, 1, 0), made a unit vector, against (0, 1, 0).
    expect(only?.fused).toBeCloseTo(1 + Math.SQRT1_2)
  })

  it('follows the first where it leads', () => {
    const a = ranked('a', 2, Float32Array.of(0, 1, 0))
    const b = ranked('b', 1, Float32Array.of(0, 0, 1))
    const [first, second] = rankWithFeedback([a, b], question)
    // (0, 256, 1) / √65537: half of it and half of the question, length √0.5.
    expect(first?.fused).toBeCloseTo(2 + (0.5 * 256) / Math.sqrt(65537) / Math.SQRT1_2)
    expect(second?.fused).toBeCloseTo(1 + 0.5 / Math.sqrt(65537) / Math.SQRT1_2)
  })

  it('follows all that are equally good', () => {
    const a = ranked('a', 1, Float32Array.of(0, 1, 0))
    const b = ranked('b', 1, Float32Array.of(0, 0, 1))
    const scores = rankWithFeedback([a, b], question).map(({ fused }) => fused)
    // (0, 1, 1) / √2: half of it and half of the question, length √0.5.
    for (const score of scores) expect(score).toBeCloseTo(1 + 0.5 / Math.SQRT2 / Math.SQRT1_2)
  })

  it('changes nothing without vectors', () => {
    const chunks = [ranked('a', 1, null), ranked('b', 0.5, null)]
    expect(rankWithFeedback(chunks, question)).toBe(chunks)
    expect(rankWithFeedback(chunks, null)).toBe(chunks)
    expect(rankWithFeedback([], question)).toEqual([])
  })
})
