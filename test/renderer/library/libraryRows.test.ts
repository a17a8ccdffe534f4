import { describe, expect, it } from 'vitest'
import { documentStates } from '../../../src/shared/domain/libraryDocument.ts'
import { errorCodes } from '../../../src/shared/errors.ts'
import {
  isInState,
  libraryRows,
  noFilter,
  type Sort,
} from '../../../src/renderer/src/features/library/libraryRows.ts'
import {
  folderOf,
  kindOf,
  stateWords,
  searchablePart,
} from '../../../src/renderer/src/features/library/libraryWords.ts'
import { row } from '../../helpers/fakeLibrary.ts'

const names = new Map([
  ['hr', 'HR handbook'],
  ['minutes', 'Minutes'],
])
const documents = [
  row('a', 'Page 10.pdf', 'pdf', 'hr', { chunks: 4, importedAt: '2026-03-01T08:00:00Z' }),
  row('b', 'page 9.md', 'markdown', 'minutes', { chunks: 9, importedAt: '2026-03-02T08:00:00Z' }),
  row('c', 'résumé.docx', 'docx', null, { chunks: 1, state: 'failed', contentId: null }),
]
const byName: Sort = { column: 'name', descending: false }
const idsOf = (filter = noFilter, sort = byName) =>
  libraryRows(documents, filter, sort, names).map(({ id }) => id)

describe('the rows of the library', () => {
  it('are sorted naturally: numbers by value, ignoring case', () => {
    expect(idsOf()).toEqual(['b', 'a', 'c'])
    expect(idsOf(noFilter, { column: 'name', descending: true })).toEqual(['c', 'a', 'b'])
  })

  it('are sorted by every column', () => {
    expect(idsOf(noFilter, { column: 'passages', descending: true })).toEqual(['b', 'a', 'c'])
    expect(idsOf(noFilter, { column: 'imported', descending: false })).toEqual(['a', 'b', 'c'])
    expect(idsOf(noFilter, { column: 'collection', descending: false })).toEqual(['c', 'a', 'b'])
    expect(idsOf(noFilter, { column: 'kind', descending: false })).toEqual(['b', 'a', 'c'])
    expect(idsOf(noFilter, { column: 'state', descending: true })[0]).toBe('c')
    expect(idsOf(noFilter, { column: 'pages', descending: true })).toEqual(['b', 'a', 'c'])
  })

  it('are filtered by all words of a name, by collection and by state', () => {
    expect(idsOf({ ...noFilter, words: '10 PAGE' })).toEqual(['a'])
    expect(idsOf({ ...noFilter, collection: 'minutes' })).toEqual(['b'])
    expect(idsOf({ ...noFilter, collection: 'none' })).toEqual(['c'])
    expect(idsOf({ ...noFilter, state: 'failed' })).toEqual(['c'])
    expect(idsOf({ ...noFilter, state: 'ready', words: 'résumé' })).toEqual([])
  })

  it('are sorted by relevance in a search: by name, then by how well the text matches', () => {
    const hits = new Map(['c', 'b'].map((document) => [document, { document, passage: 0 }]))
    const best = (words: string) =>
      libraryRows(documents, { ...noFilter, words }, null, names, hits).map(({ id }) => id)
    expect(best('leave')).toEqual(['c', 'b'])
    expect(best('page')).toEqual(['b', 'a', 'c'])
  })

  it('belong to exactly one group of states each', () => {
    for (const state of documentStates) {
      const document = row('x', 'x', 'pdf', null, { state })
      const groups = (['ready', 'pending', 'partly-read', 'failed'] as const).filter((group) =>
        isInState(document, group),
      )
      expect(groups, state).toHaveLength(1)
    }
  })
})

describe('the sentences of the library', () => {
  it('name every state and every reason', () => {
    const labels = documentStates.map((state) => stateWords(row('x', 'x', 'pdf', null, { state })))
    expect(new Set(labels.map(({ label }) => label)).size).toBe(documentStates.length)
    for (const code of errorCodes) {
      const reason = { code, message: '' }
      const failed = row('x', 'x', 'pdf', null, { state: 'failed', reason })
      expect(stateWords(failed).label).not.toBe('')
    }
    expect(
      stateWords(row('x', 'x', 'pdf', null, { state: 'partly-read', unreadPages: [3] })).label,
    ).toBe('Partly read: 1 page')
  })

  it('say what can be asked about even so', () => {
    const partly = { state: 'partly-read', pages: 31, unreadPages: [3, 4, 17, 18] } as const
    expect(searchablePart(row('x', 'x', 'pdf', null, partly))).toContain('27 pages')
    expect(searchablePart(row('x', 'x', 'eml', null, { state: 'partly-read' }))).toContain(
      'The rest',
    )
    expect(
      searchablePart(row('x', 'x', 'pdf', null, { state: 'failed', contentId: null })),
    ).toBeNull()
    expect(searchablePart(row('x', 'x', 'pdf', null))).toBeNull()
  })

  it('name formats and folders', () => {
    expect(kindOf({ format: null, name: 'old.rar' })).toBe('RAR')
    expect(kindOf({ format: null, name: 'README' })).toBe('Unknown')
    expect(folderOf({ path: 'C:\\Papers\\a.pdf' })).toBe('C:\\Papers')
    expect(folderOf({ path: '/a.pdf' })).toBe('/')
    expect(folderOf({ path: null })).toBe('Kept by Penknife')
  })
})
