import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  fillRoom,
  leastUsefulTokens,
  sourceOverhead,
  sourceText,
  trimLast,
} from '../../../src/main/prompting/fitSources.ts'
import { withTitles } from '../../../src/main/retrieval/titledPassages.ts'
import { createPassage, libraryDocumentOf } from '../../helpers/passages.ts'

const titleTokens = 2

/** A passage of sentences that take ten tokens each; they score as given. */
function measured(scores: readonly number[]) {
  const text = scores.map((score) => `It scores ${String(score)}.`).join(' ')
  const [passage] = withTitles([createPassage('c', text)], libraryDocumentOf)
  if (passage === undefined) throw new Error('The passage has no document.')
  const sentences = passage.sentences.map((sentence, index) => ({
    ...sentence,
    score: scores[index] ?? 0,
    tokens: 10,
  }))
  return { passage, sentences, titleTokens }
}

const roomFor = (sentences: number): number => titleTokens + sourceOverhead + 10 * sentences

it('a short passage that fits whole is kept, however little room there is', () => {
  expect(roomFor(1) - titleTokens - sourceOverhead).toBeLessThan(leastUsefulTokens)
  expect(fillRoom([measured([1])], roomFor(1)).map(sourceText)).toEqual(['It scores 1.'])
})

describe('a passage that is too long', () => {
  const kept = (scores: readonly number[], sentences: number): string[] =>
    fillRoom([measured(scores)], roomFor(sentences)).map(sourceText)

  it('grows from its best sentence towards the better side', () => {
    expect(kept([4, 5, 9, 1, 0], 3)).toEqual(['It scores 4. It scores 5. It scores 9.'])
    expect(kept([0, 1, 9, 5, 4], 3)).toEqual(['It scores 9. It scores 5. It scores 4.'])
  })
})

/** Passages of sentences that score and take tokens as drawn. */
const passages = fc
  .array(
    fc.array(fc.tuple(fc.nat({ max: 9 }), fc.integer({ min: 1, max: 60 })), {
      minLength: 1,
      maxLength: 8,
    }),
    { maxLength: 7 },
  )
  .map((all) =>
    all.map((drawn, index) => {
      const item = measured(drawn.map(([score]) => score))
      const sentences = item.sentences.map((one, at) => ({ ...one, tokens: drawn[at]?.[1] ?? 1 }))
      return { ...item, passage: { ...item.passage, number: index + 1 }, sentences }
    }),
  )

const tokensOf = (sentences: readonly { readonly tokens: number }[]): number =>
  sentences.reduce((total, one) => total + one.tokens, 0)
const headerTokens = titleTokens + sourceOverhead

describe('passages in limited room', () => {
  it('fill it: nothing is left out that would fit by the tokens of its pieces', () => {
    fc.assert(
      fc.property(passages, fc.integer({ min: 0, max: 700 }), (all, room) => {
        const sources = fillRoom(all, room)
        const left =
          room - sources.length * headerTokens - tokensOf(sources.flatMap((one) => one.sentences))
        expect(left).toBeGreaterThanOrEqual(0)
        const byNumber = new Map(sources.map((one) => [one.passage.number, one]))
        expect([...byNumber.keys()]).toEqual([...byNumber.keys()].sort((a, b) => a - b))
        for (const { passage, sentences } of all) {
          const kept = byNumber.get(passage.number)
          if (kept === undefined) {
            const least = Math.max(
              leastUsefulTokens,
              Math.min(...sentences.map((one) => one.tokens)),
            )
            expect(left).toBeLessThan(headerTokens + least)
            continue
          }
          const from = sentences.findIndex(({ start }) => start === kept.range.start)
          // The beginning of a sentence that is too long alone.
          if (sentences[from]?.text !== kept.sentences[0]?.text) continue
          const beside = [sentences[from - 1], sentences[from + kept.sentences.length]]
          for (const one of beside) if (one !== undefined) expect(one.tokens).toBeGreaterThan(left)
        }
      }),
    )
  })

  it('use the room that shorter ones do not need', () => {
    const all = [
      measured(Array.from({ length: 20 }, () => 1)),
      measured([1, 1, 1]),
      measured([1, 1, 1]),
    ]
    const room = 3 * headerTokens + 10 * 25
    expect(fillRoom(all, room).map(({ sentences }) => sentences.length)).toEqual([19, 3, 3])
  })
})

describe('the last of several sources', () => {
  it('is trimmed by no more than needed, and left out if that is not enough', () => {
    fc.assert(
      fc.property(passages, fc.integer({ min: 1, max: 200 }), (all, over) => {
        const sources = fillRoom(all, 700)
        const fewer = trimLast(sources, over)
        const last = sources.at(-1)
        if (last === undefined || fewer === null) {
          expect([sources.length, fewer]).toEqual([0, null])
          return
        }
        expect(fewer.slice(0, sources.length - 1)).toEqual(sources.slice(0, -1))
        const allowed = tokensOf(last.sentences) - over
        const kept = fewer[sources.length - 1]
        if (kept === undefined) {
          const shortest = Math.min(...last.sentences.map((one) => one.tokens))
          expect(allowed).toBeLessThan(Math.max(leastUsefulTokens, shortest))
          return
        }
        const used = tokensOf(kept.sentences)
        expect(used).toBeLessThanOrEqual(allowed)
        const from = last.sentences.findIndex((one) => one === kept.sentences[0])
        if (from < 0) return
        const beside = [last.sentences[from - 1], last.sentences[from + kept.sentences.length]]
        for (const one of beside)
          if (one !== undefined) expect(used + one.tokens).toBeGreaterThan(allowed)
      }),
    )
  })

  it('is cut within its best sentence if it is the only one and too long', () => {
    const [source] = fillRoom([measured([1])], 100)
    if (source === undefined) throw new Error('A passage fits a room of 100 tokens.')
    const text = 'leave days and nights '.repeat(40)
    const passage = { ...source.passage, text, end: text.length }
    const long = { start: 0, end: text.length, text, score: 1, tokens: 160 }
    const [cut] = trimLast([{ passage, range: long, sentences: [long] }], 60) ?? []
    if (cut === undefined) throw new Error('It was left out.')
    expect(text.startsWith(sourceText(cut))).toBe(true)
    expect(sourceText(cut).length).toBeLessThan((text.length * 100) / 160)
    expect(sourceText(cut).length).toBeGreaterThan((text.length * 80) / 160)
  })
})
