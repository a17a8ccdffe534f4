import { describe, expect, test } from 'vitest'
import { citation, source } from '../../../src/shared/domain/conversation.ts'
import { renamedKey } from '../../../src/shared/domain/renamedKey.ts'

const place = { number: 1, chunk: 'x:0', document: 'a', name: 'a.txt', page: 1, start: 0, end: 4 }

describe('a key that has another name since', () => {
  test('is read under its old name in stored citations and sources', () => {
    expect(citation.parse({ ...place, content: 'x', quote: 'Oars' })).toEqual({
      ...place,
      contentId: 'x',
      quote: 'Oars',
    })
    const found = {
      ...place,
      heading: '',
      text: 'Oars',
      inPrompt: true,
      scores: { fused: 1, fullText: null, cosine: null, evidence: 1 },
      keySentences: [],
    }
    expect(source.parse({ ...found, content: 'x' })).toEqual({ ...found, contentId: 'x' })
  })

  test('keeps its value where it has the new name', () => {
    const read = renamedKey('old', 'now')
    expect(read({ now: 1, old: 2 })).toEqual({ now: 1, old: 2 })
    expect(read({ old: null, other: 3 })).toEqual({ now: null, other: 3 })
    expect([null, 'old', 4].map(read)).toEqual([null, 'old', 4])
  })
})
