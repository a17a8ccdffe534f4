import { expect, test } from 'vitest'
import { learnLanguages } from '../../../../src/main/documents/store/learnLanguages.ts'
import type { SearchIndex } from '../../../../src/main/retrieval/searchIndex.ts'
import {
  libraryDocument,
  type LibraryDocument,
} from '../../../../src/shared/domain/libraryDocument.ts'
import { createFakeChunkStore } from '../../../helpers/fakeChunkStore.ts'
import { libraryRow } from '../../../helpers/libraryRow.ts'

test('rows of an earlier version get the languages of their passages, all others keep theirs', async () => {
  const spoken: Readonly<Record<string, readonly string[]>> = { old: ['de', 'en'], new: ['fr'] }
  const store = {
    ...createFakeChunkStore(),
    languages: (contents: ReadonlySet<string> = new Set()) =>
      [...contents].flatMap((contentId) => spoken[contentId] ?? []),
  }
  const index = { current: () => ({ store }) as unknown as SearchIndex }
  const row = (name: string, more: Partial<LibraryDocument>): LibraryDocument => ({
    ...libraryRow(name),
    ...more,
  })
  // As an earlier version wrote it.
  const former = libraryDocument.parse({ ...row('a', { contentId: 'old' }), languages: undefined })
  const rows = [
    former,
    row('too short', { contentId: 'new', languages: [] }),
    row('not read yet', { contentId: null, languages: undefined }),
    row('not indexed', { contentId: 'none', languages: undefined }),
  ]
  const put: LibraryDocument[] = []
  await learnLanguages(
    { list: () => rows, put: (some) => Promise.resolve(void put.push(...some)) },
    index,
  )
  expect(put).toEqual([{ ...former, languages: ['de', 'en'] }])
})
