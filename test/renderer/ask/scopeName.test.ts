import { expect, it } from 'vitest'
import { coversAll } from '../../../src/renderer/src/features/ask/scopeName.ts'
import { row } from '../../helpers/fakeLibrary.ts'

it('recognises a scope that excludes no document', () => {
  const documents = new Map(
    [
      row('a', 'a.pdf', 'pdf', 'hr'),
      row('b', 'b.pdf', 'pdf', 'minutes'),
      row('c', 'c.pdf', 'pdf', null, { state: 'failed', contentId: null }),
    ].map((one) => [one.id, one]),
  )
  expect(coversAll({ kind: 'all' }, documents)).toBe(true)
  expect(coversAll({ kind: 'collections', ids: ['hr', 'minutes'] }, documents)).toBe(true)
  expect(coversAll({ kind: 'documents', ids: ['a', 'b'] }, documents)).toBe(true)
  expect(coversAll({ kind: 'collections', ids: ['hr'] }, documents)).toBe(false)
  expect(coversAll({ kind: 'documents', ids: ['b', 'c'] }, documents)).toBe(false)
})
