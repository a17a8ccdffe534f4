import { describe, expect, it } from 'vitest'
import type { Embedder } from '../../../src/main/embedding/embedder.ts'
import type { CosineScale } from '../../../src/main/retrieval/cosineScale.ts'
import { createEvidenceScore, evidenceThreshold } from '../../../src/main/retrieval/evidence.ts'
import { createRetrieval } from '../../../src/main/retrieval/search.ts'
import { fixedIndex } from '../../helpers/fixedIndex.ts'
import { chunkOf, fakeStore } from '../../helpers/retrievalFakes.ts'

const question = 'Wann wurde die alte Brücke über den Fluss gebaut?'
const opening = 'The market opens early on Saturdays in the town.'
const built = 'Ada Kerr finished the crossing in the spring of 1890.'
const passage = { heading: '', sentences: [{ text: opening }, { text: built }] }

/** Only English says something. */
const englishOnly: CosineScale = (cosine, language) => (language === 'en' ? cosine : null)
const anyLanguage: CosineScale = (cosine) => cosine

/** Means the same by the question and the sentence that answers it. */
function embedderOfMeaning(asked: string[]): Embedder {
  return {
    id: 'meaning',
    dimensions: 2,
    embed: (texts, purpose) => {
      if (purpose === 'passage') asked.push(...texts)
      return Promise.resolve(
        texts.map((text) => new Float32Array(text === opening ? [0, 1] : [1, 0])),
      )
    },
    dispose: () => Promise.resolve(),
  }
}

function searchWith(cosineScale: CosineScale, text: string, embedded: string[] = []) {
  const store = fakeStore([chunkOf('a', text)], () => 0.8)
  const embedder = embedderOfMeaning(embedded)
  const retrieval = createRetrieval({ index: fixedIndex({ store, embedder, cosineScale }) })
  return retrieval.search(question, { limit: 1 })
}

describe('evidence in other languages', () => {
  it('ignores cosines in a language that the embedder does not know', () => {
    const german = { ...passage, language: 'de' }
    const score = createEvidenceScore(question, () => 1, englishOnly)
    const scores = [-0.5, 0.1, 0.9, null].map((cosine) => score({ ...german, cosine }))
    expect(new Set(scores).size).toBe(1)
  })

  it('asks for the cosine alone where the question is in another language', () => {
    const score = createEvidenceScore(question, () => 1, anyLanguage)
    const at = (cosine: number) => score({ ...passage, language: 'en', cosine })
    expect(at(0.7)).toBeGreaterThan(evidenceThreshold)
    expect(at(0.1)).toBeLessThan(evidenceThreshold)
  })

  it('takes no cosine of a question in a language that the embedder does not know', () => {
    const score = createEvidenceScore(question, () => 1, englishOnly)
    expect(score({ ...passage, language: 'en', cosine: 0.99 })).toBeLessThan(evidenceThreshold)
  })
})

describe('a question in another language', () => {
  it('is answered by meaning, its best sentence first, if the embedder knows both', async () => {
    const embedded: string[] = []
    const { passages, decision } = await searchWith(anyLanguage, `${opening} ${built}`, embedded)
    const [first] = passages
    const best = [...(first?.sentences ?? [])].sort((a, b) => b.score - a.score)
    expect(best.map(({ text }) => text)).toEqual([built, opening])
    expect(best[0]?.score).toBeCloseTo(1, 5)
    expect(embedded).toEqual([opening, built])
    expect(decision.best).toBeGreaterThan(decision.threshold)
    expect(decision.otherLanguage).toBeNull()
  })

  it('is told to be one if it does not', async () => {
    const embedded: string[] = []
    const { decision } = await searchWith(englishOnly, `${opening} ${built}`, embedded)
    expect(decision.best).toBeLessThan(decision.threshold)
    expect(decision.otherLanguage).toEqual({ asked: 'de', searched: ['en'] })
    expect(embedded).toEqual([])
  })
})
