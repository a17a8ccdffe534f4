import { expect, test } from 'vitest'
import { wholeDocument } from '../../../src/main/chat/wholeDocument.ts'
import { scoreSentences } from '../../../src/main/retrieval/keySentences.ts'
import { libraryRow } from '../../helpers/libraryRow.ts'

test('a page that continues a chapter has its heading, by which its sentences are checked', async () => {
  const passages = await wholeDocument(
    {
      get: () => libraryRow('rooms', { pages: 3 }),
      wholeText: () =>
        Promise.resolve([
          { page: 1, text: 'The Puffin room\nIt has two beds.', blocks: [] },
          { page: 2, text: 'It costs 80 euros.', blocks: [] },
          { page: 3, text: '  ', blocks: [] },
        ]),
      passages: () =>
        Promise.resolve([
          { page: 1, heading: '' },
          { page: 2, heading: 'Rooms › The Puffin room' },
          { page: 2, heading: 'Rooms › The Gannet room' },
        ]),
      scoreSentences: (question, texts) => scoreSentences(question, texts, () => 1),
    },
    { kind: 'documents', ids: ['rooms'] },
    'What does the Puffin room cost?',
  )
  expect(passages?.map(({ page, heading }) => [page, heading])).toEqual([
    [1, ''],
    [2, 'Rooms › The Puffin room'],
  ])
})
