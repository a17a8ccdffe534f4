import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  createEvidenceScore,
  createEvidenceFeatures,
  evidenceThreshold,
} from '../../../src/main/retrieval/evidence.ts'

const even = (): number => 1
const asIs = (cosine: number): number => cosine
const passage = (text: string, cosine = 0.5, heading = '') => ({
  heading,
  sentences: text.split(/(?<=\.) /u).map((one) => ({ text: one })),
  cosine,
})

describe('createEvidenceScore', () => {
  const question = 'When was the Falcon pump 300 recalled by the maker?'
  const evidence = createEvidenceScore(question, even, asIs)
  const good = passage('In May 1998 the maker recalled the Falcon pump 300. It leaked.')

  it('separates a passage that answers from one that does not', () => {
    expect(evidence(good)).toBeGreaterThan(evidenceThreshold)
    expect(evidence(passage('The weather in spring was fine.', 0.1))).toBeLessThan(
      evidenceThreshold,
    )
  })

  it('is lower if a name or number of the question is missing', () => {
    const other = passage('In May 1998 the maker recalled the Heron pump 200. It leaked.')
    expect(evidence(other)).toBeLessThan(evidence(good))
    const features = createEvidenceFeatures(question, even, asIs)
    expect(features(good).missing).toBe(0)
    expect(features(other).missing).toBe(1)
    expect(createEvidenceFeatures('who recalled the pump', even, asIs)(good).missing).toBe(0)
  })

  it('counts a missing name or number beside the words that are missing with it', () => {
    // Names and numbers weigh nothing here, so that both passages have as much of the question.
    const score = createEvidenceScore(question, (term) => (/falcon|300/u.test(term) ? 0 : 1), asIs)
    const other = passage('In May 1998 the maker recalled the Heron pump 200. It leaked.')
    expect(score(other)).toBeLessThan(score(good))
  })

  it('counts the words of two consecutive sentences and of the whole passage', () => {
    const features = createEvidenceFeatures('alpha beta gamma delta', even, asIs)
    const text =
      'Alpha lies far in the north. Beta lies close to it now. None of it matters much here. Gamma lies in the south too.'
    expect(features(passage(text, 0, 'Delta'))).toMatchObject({ window: 0.5, passage: 1 })
  })

  it('ignores titles within the text, unless there is nothing else', () => {
    const features = createEvidenceFeatures('alpha beta', even, asIs)
    expect(features(passage('Alpha beta. The weather was fine on that day.')).window).toBe(0)
    expect(features(passage('Alpha beta.')).window).toBe(1)
  })

  it('grows with the cosine and stays between 0 and 1', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (asked, text) => {
        const of = createEvidenceScore(asked, even, asIs)
        const low = of(passage(text, -0.2))
        const high = of(passage(text, 0.9))
        expect(low).toBeGreaterThanOrEqual(0)
        expect(high).toBeLessThanOrEqual(1)
        expect(high).toBeGreaterThan(low)
      }),
    )
  })
})
