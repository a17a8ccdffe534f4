import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isOneSlip, correctSlips } from '../../../src/main/retrieval/correctSlips.ts'
import { terms } from '../../../src/shared/domain/language/terms.ts'

function statisticsOf(text: string, language = 'en') {
  const counts = new Map<string, number>()
  for (const term of terms(text, language)) counts.set(term, (counts.get(term) ?? 0) + 1)
  return { documentFrequency: (term: string) => counts.get(term) ?? 0, terms: () => counts.keys() }
}

const club = statisticsOf(
  'Membership costs 40 euros. Lunch is served from eleven. Müller wrote it.',
)

describe('correctSlips', () => {
  it.each([
    ['How much is the membrship?', 'How much is the membership?'],
    ['How much is the memebrship?', 'How much is the membership?'],
    ['When is lunch servd?', 'When is lunch serv?'],
    ['What did Mueller write?', 'What did muller write?'],
    ['How much is the membership?', 'How much is the membership?'],
    ['How much is the leadership?', 'How much is the leadership?'],
    ['Where is the cat?', 'Where is the cat?'],
  ])('%s', (question, expected) => {
    expect(correctSlips(question, ['en'], club)).toBe(expected)
  })

  it('takes a short word for no other, however it is inflected', () => {
    const certificates = statisticsOf('Certificate 104: Erik Holm. The roof was built in May.')
    const question = 'Who holds the rooms?'
    expect(correctSlips(question, ['en'], certificates)).toBe(question)
  })

  it('takes the more frequent of two words', () => {
    const both = statisticsOf('trail trail trail traps')
    expect(correctSlips('the traip', ['en'], both)).toBe('the trail')
  })
})

describe('isOneSlip', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 7 })

  it('is one removal, addition, exchange or swap after the first letter', () => {
    fc.assert(
      fc.property(letters, fc.nat(), fc.constantFrom('a', 'b', 'c'), (word, place, letter) => {
        const at = 1 + (place % word.length)
        const [head, tail] = [word.slice(0, at), word.slice(at)]
        const slips = [head + tail.slice(1), head + letter + tail, head + letter + tail.slice(1)]
        if (tail.length > 1) slips.push(head + (tail[1] ?? '') + (tail[0] ?? '') + tail.slice(2))
        for (const slip of slips) expect(isOneSlip(word, slip)).toBe(slip !== word)
      }),
    )
  })

  it('is symmetric, and never more than one', () => {
    fc.assert(fc.property(letters, letters, (a, b) => isOneSlip(a, b) === isOneSlip(b, a)))
    expect(isOneSlip('abcd', 'acbdd')).toBe(false)
    expect(isOneSlip('abc', 'bbc')).toBe(false)
  })
})
