import { expect, test } from 'vitest'
import { untilSure } from '../../../src/main/chat/quote.ts'

test('a sentence that is likely enough is quoted alone', () => {
  expect(untilSure([0.8, 0.1, 0.1], [0])).toEqual([])
})

test('the next likely ones are added, best first, until the answer is likely among them', () => {
  expect(untilSure([0.2, 0.35, 0.3, 0.15], [1])).toEqual([2, 0])
  expect(untilSure([0.1, 0.4, 0.4, 0.1], [1])).toEqual([2])
})

test('no more than three are quoted, with those that the model chose', () => {
  expect(untilSure([0.2, 0.2, 0.2, 0.2, 0.2], [4, 3])).toEqual([0])
  expect(untilSure([0.2, 0.2, 0.2, 0.2, 0.2], [4, 3, 2])).toEqual([])
})

test('what is the only candidate is enough', () => {
  expect(untilSure([1], [0])).toEqual([])
})
