import { describe, expect, it } from 'vitest'
import {
  citationsOf,
  citeSources,
  copyableAnswer,
  findCitation,
} from '../../../src/renderer/src/features/ask/citations.ts'
import { answerOf, scripts } from '../../helpers/fakeAnswers.ts'
import { createFakeLibrary } from '../../helpers/fakeLibrary.ts'

const answer = answerOf(createFakeLibrary(), scripts.carried)

describe('citations of an answer', () => {
  it('lists each place once, in reading order', () => {
    const twice = citationsOf([...answer.sentences, ...answer.sentences])
    expect(twice.map(({ number }) => number)).toEqual([1, 2, 3])
  })

  it('resolves a mark by the sentence before it', () => {
    const citations = citationsOf(answer.sentences)
    const offset = answer.text.indexOf('[2]')
    const index = findCitation(citations, answer.sentences, 2, offset)
    expect(citations[index]?.quote).toContain('eighteen months')
  })

  it('uses the place that its own sentence cites, not the first with that number', () => {
    const [first, second] = answer.sentences
    if (first === undefined || second === undefined) throw new Error('The script has sentences.')
    const renumbered = second.citations.map((citation) => ({ ...citation, number: 1 }))
    const sentences = [first, { ...second, citations: renumbered }]
    const citations = citationsOf(sentences)
    expect(citations[findCitation(citations, sentences, 1, first.end + 1)]?.quote).toContain('five')
    expect(citations[findCitation(citations, sentences, 1, second.end + 1)]?.quote).toContain(
      'eighteen',
    )
  })

  it('has no place for a number without a source', () => {
    expect(findCitation(citationsOf(answer.sentences), answer.sentences, 9, 10)).toBe(-1)
  })

  it('leads to the best sentence of a source until citations are bound', () => {
    const [first] = citeSources(answer.sources)
    expect(first?.quote).toMatch(/^Up to five days/u)
  })

  it('is copied with its numbered sources', () => {
    expect(copyableAnswer(answer)).toContain('[2] leave-policy.pdf, page 2: “Where long illness')
  })
})
