import { describe, expect, it } from 'vitest'
import { createDuplicateFilter } from '../../../src/main/retrieval/nearDuplicates.ts'

const words = (count: number, from = 0): string =>
  Array.from({ length: count }, (_, index) => `word${from + index}`).join(' ')

describe('createDuplicateFilter', () => {
  it('recognises a text, whatever its case and punctuation', () => {
    const isDuplicate = createDuplicateFilter()
    expect(isDuplicate('The bridge was built in 1890.')).toBe(false)
    expect(isDuplicate('the bridge was BUILT in 1890')).toBe(true)
  })

  it('recognises a long text with one word changed', () => {
    const isDuplicate = createDuplicateFilter()
    expect(isDuplicate(words(100))).toBe(false)
    expect(isDuplicate(words(100).replace('word50', 'other'))).toBe(true)
  })

  it('keeps texts that share most of their words but not their wording', () => {
    const isDuplicate = createDuplicateFilter()
    expect(isDuplicate(words(40))).toBe(false)
    expect(isDuplicate(words(40, 10))).toBe(false)
    expect(isDuplicate('word1 word2')).toBe(false)
    expect(isDuplicate('word2 word1')).toBe(false)
  })
})
