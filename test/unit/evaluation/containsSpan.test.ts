import { expect, test } from 'vitest'
import { containsSpan } from '../../../src/main/evaluation/containsSpan.ts'

test.each([
  ['“It was Bennie Fowler.” [1]', 'Bennie Fowler'],
  ["Manning Bennie Fowler'a pas attı.", 'Bennie Fowler'],
  ['Peyton Manning,iki takımı', 'Peyton Manning'],
  ['The U.S. Senate', 'U.S.'],
  ['in the year 1974', 'The year'],
  ['丹佛野马队在2016年获胜。', '野马队'],
  ['他于2016年离开', '2016年'],
  ['Cafe\u0301 Müller', 'café müller'],
])('“%s” contains “%s”', (text, span) => {
  expect(containsSpan(text, span)).toBe(true)
})

test.each([
  ['a party', 'art'],
  ['in 1974', '197'],
  ['anything', ''],
  ['anything', 'the'],
  ['野马赢了队', '野马队'],
])('“%s” does not contain “%s”', (text, span) => {
  expect(containsSpan(text, span)).toBe(false)
})
