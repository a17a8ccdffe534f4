import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { questionCosineWeight, fuse } from '../../../src/main/retrieval/fusion.ts'
import { chunkOf } from '../../helpers/retrievalFakes.ts'

const found = (id: string, score: number) => ({ chunk: chunkOf(id, id), score })

describe('fuse', () => {
  it('adds the weighted cosine to BM25 divided by its best', () => {
    const ranked = fuse(
      [found('a', 8), found('b', 4)],
      [found('b', 0.9), found('a', 0.1)],
      null,
      10,
    )
    expect(ranked.map((one) => [one.chunk.contentId, one.fused])).toEqual([
      ['a', 1 + questionCosineWeight * 0.1],
      ['b', 0.5 + questionCosineWeight * 0.9],
    ])
  })

  it('keeps the score of each search, null if it did not find the chunk', () => {
    const [first, second] = fuse([found('a', 2)], [found('b', 0.5)], null, 10)
    expect(first).toMatchObject({ fullText: 2, cosine: null, fused: 1 })
    expect(second).toMatchObject({ fullText: null, cosine: 0.5, fused: questionCosineWeight * 0.5 })
  })

  it('gives chunks outside a full list its last score', () => {
    const words = [found('a', 10), found('b', 6)]
    const meaning = [found('c', 0.8), found('d', 0.7)]
    const ranked = fuse(words, meaning, null, 2)
    const fused = new Map(ranked.map((one) => [one.chunk.contentId, one.fused]))
    expect(fused.get('a')).toBe(1)
    expect(fused.get('c')).toBeCloseTo(0.6 + questionCosineWeight * 0.8)
  })

  it('computes the cosine of chunks that only full text found', () => {
    const vector = Float32Array.of(0.6, 0.8)
    const [only] = fuse([{ ...found('a', 2), vector }], [], Float32Array.of(1, 0), 10)
    expect(only?.cosine).toBeCloseTo(0.6)
    expect(only?.fused).toBeCloseTo(1 + questionCosineWeight * 0.6)
  })

  it('ranks by cosine alone if no word was found', () => {
    const ranked = fuse([], [found('b', 0.2), found('a', 0.1)], null, 10)
    expect(ranked.map((one) => one.chunk.contentId)).toEqual(['b', 'a'])
  })

  it('returns every chunk once, best first, in any order among ties', () => {
    const list = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e')).chain((ids) =>
      fc
        .array(fc.double({ min: 0, max: 9, noNaN: true }), {
          minLength: ids.length,
          maxLength: ids.length,
        })
        .map((scores) =>
          [...scores].sort((x, y) => y - x).map((score, index) => found(ids[index] ?? '', score)),
        ),
    )
    fc.assert(
      fc.property(list, list, (words, meaning) => {
        const ranked = fuse(words, meaning, null, 5)
        const ids = ranked.map((one) => one.chunk.id)
        const all = [...words, ...meaning].map(({ chunk }) => chunk.id)
        expect(new Set(ids)).toEqual(new Set(all))
        expect(ids.length).toBe(new Set(ids).size)
        expect(ranked.map((one) => one.fused)).toEqual(
          ranked.map((one) => one.fused).sort((a, b) => b - a),
        )
      }),
    )
  })
})
