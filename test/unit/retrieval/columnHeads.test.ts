import fc from 'fast-check'
import { expect, it } from 'vitest'
import { columnHeads } from '../../../src/main/retrieval/columnHeads.ts'

it('finds the row that names the columns of those below', () => {
  const lines = [
    'Prices',
    'Room | Price',
    'Gull | € 85',
    'Tern | € 90',
    'Valid till May.',
    'a | 1',
    'b | 2',
  ]
  expect(columnHeads(lines)).toEqual([-1, 1, 1, 1, -1, -1, -1])
})

it.each([
  ['with a figure in it', ['Room 1 | € 85', 'Room 2 | € 90']],
  ['with no figure below it', ['Ada | Oslo', 'Tom | Bergen']],
  ['with other cells than those below', ['Room | Price', 'Gull | 1 | € 85']],
  ['alone', ['Room | Price']],
])('takes no first row for names %s', (_, lines) => {
  expect(columnHeads(lines)).toEqual(lines.map(() => -1))
})

it('gives every line a row at or above it, within its table', () => {
  const cell = fc.constantFrom('a', 'b', '1', '€ 2')
  const line = fc.array(cell, { minLength: 1, maxLength: 3 }).map((cells) => cells.join(' | '))
  fc.assert(
    fc.property(fc.array(line), (lines) => {
      for (const [at, head] of columnHeads(lines).entries()) {
        expect(head).toBeLessThanOrEqual(at)
        if (head !== -1)
          expect(lines.slice(head, at + 1).every((one) => one.includes(' | '))).toBe(true)
      }
    }),
  )
})
