import { describe, expect, it } from 'vitest'
import { row } from '../../helpers/fakeLibrary.ts'
import type { DocumentPagesState } from '../../../src/renderer/src/features/viewer/documentPages.ts'
import { locate } from '../../../src/renderer/src/features/viewer/target.ts'

const text = 'Days are lost in April.'
const state: DocumentPagesState = {
  status: 'ready',
  problem: null,
  document: row('leave', 'leave.pdf', 'pdf', null),
  drawable: true,
  total: 3,
  pages: new Map([[2, { page: 2, text, blocks: [], layout: null }]]),
}
const target = {
  documentId: 'leave',
  contentId: 'content-leave',
  page: 2,
  start: 0,
  end: 4,
  quote: 'Days',
}

describe('the place of a quote', () => {
  it('is its range while the document is unchanged', () => {
    expect(locate(target, state)).toEqual({
      kind: 'found',
      page: 2,
      range: { start: 0, end: 4 },
    })
  })

  it('is a page if there is no range', () => {
    expect(locate({ ...target, page: 9, end: 0, quote: '' }, state)).toEqual({
      kind: 'page',
      page: 3,
    })
  })

  it('is not searched for elsewhere if the document has changed', () => {
    expect(locate({ ...target, contentId: 'older' }, state)).toEqual({ kind: 'changed', page: 2 })
    expect(locate({ ...target, start: 1, end: 5 }, state)).toEqual({ kind: 'changed', page: 2 })
    expect(locate({ ...target, page: 8 }, state)).toEqual({ kind: 'changed', page: 3 })
  })

  it('is pending until its page has loaded', () => {
    expect(locate({ ...target, page: 1 }, state)).toEqual({ kind: 'waiting' })
    expect(locate(target, { ...state, document: null })).toEqual({ kind: 'waiting' })
  })
})
