import { describe, expect, it } from 'vitest'
import { createEvidenceScore, evidenceThreshold } from '../../../src/main/retrieval/evidence.ts'
import { idf } from '../../../src/main/retrieval/termStatistics.ts'
import { answersTo } from '../../../src/main/retrieval/quantities.ts'
import { scoreSentences } from '../../../src/main/retrieval/keySentences.ts'
import {
  quantityWords,
  unitsOf,
  type Quantity,
} from '../../../src/shared/domain/language/quantityWords.ts'
import { splitSentences } from '../../../src/shared/domain/sentences.ts'
import { terms } from '../../../src/shared/domain/language/terms.ts'

/** As in a library of three passages, the text being one of them. */
const weightIn =
  (text: string, language: string) =>
  (term: string): number =>
    idf(3, terms(text, language).includes(term) ? 1 : 0)

function evidenceOf(question: string, text: string, language = 'en'): number {
  const score = createEvidenceScore(question, weightIn(text, language), (cosine) => cosine)
  const sentences = splitSentences(text).map(({ start, end }) => ({ text: text.slice(start, end) }))
  return score({ heading: '', sentences, cosine: 0.2, language })
}

function bestOf(question: string, text: string, language = 'en'): string {
  const passages = [{ text, heading: '', start: 0, language }]
  const scored = scoreSentences(question, passages, weightIn(text, language)).flat()
  return scored.sort((a, b) => b.score - a.score)[0]?.text ?? ''
}

const bridge =
  'The bridge has a length of 230 metres. Its height above the water is 18 metres. The toll for cars is 35 kroner. Lorries are charged 90 kroner.'
const rooms =
  'All rooms have a view.\nRoom | Beds | Price per night\nHeron | 2 | € 120\nGull | 1 | € 85\nPrices are for two.'

describe('a question for a quantity', () => {
  it.each([
    ['How long is the bridge?', bridge, '230 metres', 'en'],
    ['How high is the bridge?', bridge, '18 metres', 'en'],
    ['What does a car pay on the bridge?', bridge, '35 kroner', 'en'],
    ['How much does a lorry cost?', bridge, '90 kroner', 'en'],
    ['What does the Gull room cost?', rooms, '€ 85', 'en'],
    ['How many beds does the Heron room have?', rooms, 'Heron | 2', 'en'],
    ['Was kostet ein Blech?', 'Ein Blech ist für 24 Euro da. Der Ofen ist neu.', '24 Euro', 'de'],
    ['Wie schwer ist der Ofen?', 'Der Ofen wiegt 38 kg. Die Farbe ist rot.', '38 kg', 'de'],
    ['Quelle est la longueur du pont ?', 'Le pont est long de 230 m. Il est vieux.', '230 m', 'fr'],
  ])('%s is answered by other words for it', (question, text, answer, language) => {
    expect(evidenceOf(question, text, language)).toBeGreaterThan(evidenceThreshold)
    expect(bestOf(question, text, language)).toContain(answer)
  })

  it.each([
    ['How long is the tunnel?', bridge],
    ['How much does a helicopter cost?', bridge],
    ['What does the Puffin room cost?', rooms],
    ['How heavy is the bridge?', 'The bridge was built by hand. It is red.'],
  ])('%s is not answered by an amount alone, nor without one', (question, text) => {
    expect(evidenceOf(question, text)).toBeLessThan(evidenceThreshold)
  })

  it('is answered by a short sentence', () => {
    const text = 'Breakfast is included. Prices are valid until the end of October this year.'
    expect(evidenceOf('Is breakfast included?', text)).toBeGreaterThan(evidenceThreshold)
  })
})

describe('words for a quantity', () => {
  it.each(Object.keys(quantityWords))('in %s: each asks for an amount', (language) => {
    for (const words of Object.values(quantityWords[language] ?? {})) {
      for (const term of terms(words, language))
        expect(answersTo(term, language), term).not.toBeNull()
    }
  })

  it('are none of another language, and no other words', () => {
    expect(answersTo('bridg', 'en')).toBeNull()
    expect(answersTo(terms('preis', 'de')[0] ?? '', 'ja')).toBeNull()
  })
})

it.each<[Quantity, string, boolean]>([
  ['money', 'It is € 85 now.', true],
  ['money', 'It is 1,150 EUR.', true],
  ['money', 'It costs 90 kroner.', true],
  ['money', '21,000.00 | Smith', true],
  ['money', 'It has 85 rooms.', false],
  ['money', 'Version 2.4.10 of 12.05.2024', false],
  ['money', 'The euro was introduced in 1999.', false],
  ['length', 'It is 230 m.', true],
  ['length', 'In 230 minutes.', false],
  ['duration', 'It takes 3 days.', true],
  ['duration', 'On 3 daylight trips.', false],
  ['weight', 'It is 38 kg.', true],
  ['weight', 'All 38 guests.', false],
  ['temperature', 'At 275 °C.', true],
  ['area', 'The flat has 68 m².', true],
])('an amount of %s in “%s”: %s', (quantity, text, isIn) => {
  expect(unitsOf[quantity].test(text)).toBe(isIn)
})
