import { expect, test } from 'vitest'
import { rememberWords } from '../../../src/main/embedding/tokens/rememberWords.ts'

test('short words are cached, longer ones are computed each time', () => {
  const met: string[] = []
  const lengthOf = rememberWords((word) => {
    met.push(word)
    return word.length
  })
  const long = 'x'.repeat(65)
  expect(['heron', 'river', 'heron', long, long, ''].map(lengthOf)).toEqual([5, 5, 5, 65, 65, 0])
  expect(lengthOf('')).toBe(0)
  expect(met).toEqual(['heron', 'river', long, long, ''])
})
