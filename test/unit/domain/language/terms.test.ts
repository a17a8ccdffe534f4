import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { contentTerms, isStopWord, terms } from '../../../../src/shared/domain/language/terms.ts'

describe('terms', () => {
  it.each<[string, string[]]>([
    ['Connected connections connect', ['connect', 'connect', 'connect']],
    ['Cafés in ZÜRICH, Straße', ['cafe', 'in', 'zurich', 'strass']],
    ['25,000 or 25000 and 3.5%', ['25000', 'or', '25000', 'and', '3.5']],
    ['1,2,3 and 1,234.5', ['1', '2', '3', 'and', '1234.5']],
    ["Newton's law doesn't", ['newton', 'law', 'doesn']],
    ['the U.S. and the U.S.A.', ['the', 'us', 'and', 'the', 'usa']],
    ['COVID-19 max_tokens', ['covid19', 'covid', '19', 'max', 'token']],
    ['日本語 犬', ['日本', '本語', '犬']],
    ['コーヒーの木', ['コー', 'ーヒ', 'ヒー', 'の', '木']],
    ['ภาษา', ['ภา', 'าษ', 'ษา']],
    ['кафе Ёж', ['кафе', 'еж']],
    ['...!? \n', []],
  ])('%s', (text, expected) => {
    expect(terms(text)).toEqual(expected)
  })

  it('ignores case and accents', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...Array.from('aeéñ Ruüb19.,\n')) }),
        (text) => {
          const plain = text.normalize('NFD').replace(/[\u0300-\u036f]/gu, '')
          expect(terms(text.toLowerCase())).toEqual(terms(text))
          expect(terms(plain)).toEqual(terms(text))
        },
      ),
    )
  })
})

describe('contentTerms', () => {
  it('keeps the content words of a question, each once', () => {
    expect(
      contentTerms('How many bridges does the city have, and which bridges were built?'),
    ).toEqual(['bridg', 'citi', 'build'])
  })

  it('knows stop words by their terms', () => {
    expect(terms('because of they were doing it').every((term) => isStopWord(term))).toBe(true)
    expect(terms('US May').some((term) => isStopWord(term))).toBe(false)
  })
})
