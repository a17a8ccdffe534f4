import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { areRelated, scoreSentences } from '../../../src/main/retrieval/keySentences.ts'

const even = (): number => 1

function best(question: string, ...texts: string[]): string {
  const passages = texts.map((text) => ({ text, heading: '', start: 0 }))
  const [first] = scoreSentences(question, passages, even)
    .flat()
    .sort((a, b) => b.score - a.score)
  return first?.text ?? ''
}

describe('scoreSentences', () => {
  it('ranks the sentence with the words of the question first', () => {
    const text =
      'The town lies on a river. Its bridge was built by Ada Kerr in 1890. The bridge is red now.'
    expect(best('Who built the bridge?', text)).toContain('Ada Kerr')
  })

  it('weights a rare word more than common ones', () => {
    const weight = (term: string): number => (term === 'zirconium' ? 5 : 1)
    const text =
      'The melting point of the metal is given below for all. Zirconium melts at 1855 degrees.'
    const [scored] = scoreSentences(
      'What is the melting point of the metal zirconium?',
      [{ text, heading: '', start: 0 }],
      weight,
    )
    const [general, own] = scored ?? []
    expect(own?.score).toBeGreaterThan(general?.score ?? 1)
  })

  it('resolves a pronoun by the sentence before', () => {
    const text =
      'Marta Lindqvist is a painter. She was born in Turku. All is well. He was born in Oslo.'
    const [scored] = scoreSentences(
      'Where was Marta Lindqvist born?',
      [{ text, heading: '', start: 0 }],
      even,
    )
    const scores = scored?.map((one) => one.score) ?? []
    expect(scores[1]).toBeGreaterThan(scores[3] ?? 9)
  })

  it('matches another form of a word', () => {
    const text = 'The weather was fine and warm then. Its foundation goes back to King Olaf of old.'
    expect(best('founding?', text)).toContain('foundation')
    expect(areRelated('found', 'founder')).toBe(true)
    expect(areRelated('univers', 'unit')).toBe(false)
    expect(areRelated('car', 'cart')).toBe(false)
  })

  it('prefers a number for "how many" and a date for "when"', () => {
    const text =
      'The hall has seats that visitors like a lot. The hall has 1,200 seats in all of its rows.'
    expect(best('How many seats does the hall have?', text)).toContain('1,200')
    const dated =
      'The treaty was signed by both of the kings. The treaty was signed in May 1648 there.'
    expect(best('When was the treaty signed?', dated)).toContain('1648')
  })

  it.each([
    ['Who holds certificate 102?', 'Certificate 102', 'Awarded to Carl Frost of Visby'],
    ['What does article 3 deal with?', 'Article 3', 'The board and its duties'],
    ['What is in room 14?', 'Room 14', 'Two beds, a desk'],
    ['Wer ist für Halle 7 zuständig?', 'Halle 7', 'Zuständig: Frau Berg'],
  ])('of a label that repeats %j takes the line below it', (question, label, below) => {
    const text = `${label}\n\n${below}\n\nAll of the rest is kept in the archive of the town.`
    expect(best(question, text)).toBe(below)
  })

  it('does not take the headings of a table for a label of its first row', () => {
    const text = 'Zone | Vehicle | Fee\n\nHarbour | Car | 7\n\nHarbour | Coach | 25'
    expect(best('What is the fee for a coach in Harbour?', text)).toBe('Harbour | Coach | 25')
  })

  it('takes a label itself where it says more than the question', () => {
    expect(best('What is the total?', 'Total 420.00\n\nPaid by card at the counter.')).toBe(
      'Total 420.00',
    )
  })

  it('prefers a number where an amount is asked for', () => {
    const text = 'The amount due of each house is a figure of the year.\n\nAmount due: 525 kr'
    expect(best('What is the amount due?', text)).toBe('Amount due: 525 kr')
  })

  it('does not answer a question with a question or a heading', () => {
    const text = 'What is the rated load?\n\nThe rated load is a figure that the maker gives.'
    expect(best('What is the rated load?', text)).toBe(
      'The rated load is a figure that the maker gives.',
    )
  })

  it('prefers the passage that is about the question as a whole', () => {
    const right = 'Falcon pumps are made in Ghent. The warranty lasts two years in every case.'
    const wrong = 'Heron lamps are made in Lille. The warranty lasts two years in every case.'
    const scored = scoreSentences(
      'How long is the warranty of Falcon pumps?',
      [wrong, right].map((text) => ({ text, heading: '', start: 0 })),
      even,
    )
    const last = scored.map((sentences) => sentences.at(-1)?.score ?? 0)
    expect(last[1]).toBeGreaterThan(last[0] ?? 1)
  })

  it('leaves the bullet out of the quote', () => {
    const text = 'Days off are given for:\n• two days for a wedding;\n• one day for moving house.'
    expect(best('How many days for a wedding?', text)).toBe('two days for a wedding;')
  })

  it('returns ranges of the page for any text and question', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.nat(99), (question, text, start) => {
        const page = `${' '.repeat(start)}${text}`
        for (const one of scoreSentences(question, [{ text, heading: '', start }], even).flat()) {
          expect(page.slice(one.start, one.end)).toBe(one.text)
          expect(Number.isFinite(one.score)).toBe(true)
        }
      }),
    )
  })

  it('scores everything 0 if the question has no content words', () => {
    const [scored] = scoreSentences('', [{ text: 'One. Two.', heading: '', start: 0 }], even)
    expect(scored?.map((one) => one.text)).toEqual(['One.', 'Two.'])
  })
})
