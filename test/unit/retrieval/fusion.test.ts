import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { questionCosineWeight, fuse } from '../../../src/main/retrieval/fusion.ts'
import { chunkOf } from '../../helpers/retrievalFakes.ts'

const found = (id: string, score: number) => ({ chunk: chunkOf(id, id), score })

describe('fuse', () => {
  it('adds the cosine, weighed, to BM25 divided by its best', () => {
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

  it('keeps what each arm said, null where it said nothing', () => {
    const [first, second] = fuse([found('a', 2)], [found('b', 0.5)], null, 10)
    expect(first).toMatchObject({ fullText: 2, cosine: null, fused: 1 })
    expect(second).toMatchObject({ fullText: null, cosine: 0.5, fused: questionCosineWeight * 0.5 })
  })

  it('takes the end of a full list for what is not in it', () => {
    const words = [found('a', 10), found('b', 6)]
    const meaning = [found('c', 0.8), found('d', 0.7)]
    const ranked = fuse(words, meaning, null, 2)
    const fused = new Map(ranked.map((one) => [one.chunk.contentId, one.fused]))
    expect(fused.get('a')).toBe(1)
    expect(fused.get('c')).toBeCloseTo(0.6 + questionCosineWeight * 0.8)
  })

  it('works out the cosine of what only words found', () => {
    const vector = Float32Array.of(0.6, 0.8)
    const [only] = fuse([{ ...found('a', 2), vector }], [], Float32Array.of(1, 0), 10)
    expect(only?.cosine).toBeCloseTo(0.6)
    expect(only?.fused).toBeCloseTo(1 + questionCosineWeight * 0.6)
  })

  it('ranks by meaning alone where no word was found', () => {
    const ranked = fuse([], [found('b', 0.2), found('a', 0.1)], null, 10)
    expect(ranked.map((one) => one.chunk.contentId)).toEqual(['b', 'a'])
  })

  it('returns every chunk once, best first, and does not care who ties', () => {
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
