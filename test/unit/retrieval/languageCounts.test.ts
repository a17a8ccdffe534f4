import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createLanguageCounts } from '../../../src/main/retrieval/vectorStore/languageCounts.ts'

test('all languages are those of all contents, whatever was added and removed', () => {
  const content = fc.constantFrom('a', 'b', 'c')
  const language = fc.constantFrom('en', 'de', 'zh')
  fc.assert(
    fc.property(fc.array(fc.tuple(content, fc.option(language))), (steps) => {
      const counts = createLanguageCounts()
      for (const [contentId, added] of steps) {
        if (added === null) counts.forget(contentId)
        else counts.add(contentId, added)
      }
      const every = new Set(['a', 'b', 'c'])
      expect([...counts.among()].sort()).toEqual([...counts.among(every)].sort())
    }),
  )
})

test('the language of the most chunks comes first, also after a removal', () => {
  const counts = createLanguageCounts()
  for (const language of ['en', 'en', 'de']) counts.add('a', language)
  counts.add('b', 'de')
  counts.add('b', 'de')
  expect(counts.among()).toEqual(['de', 'en'])
  expect(counts.among(new Set(['a']))).toEqual(['en', 'de'])
  counts.forget('b')
  expect(counts.among()).toEqual(['en', 'de'])
  counts.forget('a')
  expect(counts.among()).toEqual([])
})
