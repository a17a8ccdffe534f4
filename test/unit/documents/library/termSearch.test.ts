import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createTermSearch } from '../../../../src/main/documents/reading/termSearch.ts'
import { contentTerms, terms } from '../../../../src/shared/domain/language/terms.ts'

const words = ['gull', 'gulls', 'Gulls', 'GULLS', 'nest', 'nesting', 'the', 'roof', 'U.S.', 'us']
const others = [
  'seagull',
  'gullible',
  '12',
  'NO93',
  '8601',
  'e.g.',
  'gull-like',
  '(roof)',
  'nests,',
  'roof.',
  '—',
  '™',
]
const text = fc
  .array(
    fc.tuple(fc.constantFrom(...words, ...others), fc.constantFrom(' ', ' ', '\n', '\u00A0', '.')),
    { maxLength: 8 },
  )
  .map((parts) => parts.flat().join(''))
const passages = fc.array(
  fc.record({ text, heading: fc.oneof(fc.constant(''), text), isInLibrary: fc.boolean() }),
  { maxLength: 6 },
)
const query = fc
  .array(fc.constantFrom(...words, '12', 'zebra'), { minLength: 1, maxLength: 3 })
  .map((parts) => parts.join(' '))

/** In how many texts a term is. */
function frequencyIn(texts: readonly string[]): (term: string) => number {
  return (term) => texts.filter((one) => terms(one).includes(term)).length
}

describe('a search for terms', () => {
  it('finds what the analysis of every passage finds, whatever is known of the library', () => {
    fc.assert(
      fc.property(passages, query, fc.boolean(), (all, asked, isCounted) => {
        const wanted = contentTerms(asked)
        const frequency = isCounted ? frequencyIn(all.map((one) => one.text)) : null
        const search = createTermSearch(asked, frequency)
        for (const passage of all.filter(({ isInLibrary }) => isInLibrary)) {
          const held = new Set([...terms(passage.text), ...terms(passage.heading)])
          const expected = wanted.length > 0 && wanted.every((term) => held.has(term))
          expect(search.hasAll(passage)).toBe(expected)
        }
      }),
      { numRuns: 300 },
    )
  })

  it('compares words in the language of each passage', () => {
    const search = createTermSearch('Häuser', null)
    const passage = { text: 'Das Haus am Hang.', heading: '' }
    expect(search.hasAll({ ...passage, language: 'de' })).toBe(true)
    expect(search.hasAll(passage)).toBe(false)
  })
})
