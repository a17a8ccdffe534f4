import { expect, test } from 'vitest'
import { nameHeadings } from '../../../src/main/chat/places.ts'
import { AppError } from '../../../src/shared/errors.ts'
import type { Page } from '../../../src/shared/domain/page.ts'
import { answerOf, scripts } from '../../helpers/fakeAnswers.ts'
import { createFakeLibrary } from '../../helpers/fakeLibrary.ts'
import { libraryDocumentOf } from '../../helpers/passages.ts'

const text = 'Rules\nBe kind.\nThe  sauna\nIt is hot.'
const page: Page = {
  page: 1,
  text,
  blocks: [
    { kind: 'heading', start: 0, end: 5, level: 1 },
    { kind: 'paragraph', start: 6, end: 14 },
    { kind: 'heading', start: 15, end: 25, level: 2 },
    { kind: 'paragraph', start: 26, end: 36 },
  ],
}

/** An answer whose only citation and source begin at `start`, in a passage under another heading. */
function answerAt(start: number) {
  const answer = answerOf(createFakeLibrary(), scripts.allowance)
  const [sentence] = answer.sentences
  const [citation] = sentence?.citations ?? []
  const [source] = answer.sources
  if (sentence === undefined || citation === undefined || source === undefined) {
    throw new Error('The script cites nothing.')
  }
  const place = { contentId: 'rules', page: 1, place: 'Rules', start }
  return {
    ...answer,
    sentences: [{ ...sentence, citations: [{ ...citation, ...place }] }],
    sources: [{ ...source, ...place, start: 0, keySentences: [{ start, end: 36, score: 1 }] }],
  }
}

async function placesAt(
  start: number,
  readPage: () => Promise<Page | undefined>,
  change: Partial<ReturnType<typeof libraryDocumentOf>> = {},
) {
  const documentOf = () => ({ ...libraryDocumentOf('rules'), ...change })
  const { sentences, sources } = await nameHeadings(answerAt(start), { documentOf, readPage })
  return [sentences[0]?.citations[0]?.place, sources[0]?.place]
}

test('a citation names its nearest heading, not the heading where its passage begins', async () => {
  const read = () => Promise.resolve(page)
  expect(await placesAt(26, read)).toEqual(['The sauna', 'The sauna'])
  expect(await placesAt(6, read)).toEqual(['Rules', 'Rules'])
  // The words of a heading belong to it.
  expect(await placesAt(15, read)).toEqual(['The sauna', 'The sauna'])
  expect(await placesAt(14, read)).toEqual(['Rules', 'Rules'])
})

test('pages keep their number; a place is unchanged if the text is gone or too long to read', async () => {
  const kept = ['Rules', 'Rules']
  const mustNotRead = () => Promise.reject(new Error('This was not to be read.'))
  expect(await placesAt(26, mustNotRead, { format: 'pdf' })).toEqual(kept)
  expect(await placesAt(26, mustNotRead, { words: 300_000 })).toEqual(kept)
  expect(await placesAt(26, () => Promise.resolve({ ...page, blocks: [] }))).toEqual(kept)
  const gone = () => Promise.reject(new AppError('not-found', 'It was removed.'))
  expect(await placesAt(26, gone)).toEqual(kept)
  await expect(placesAt(26, mustNotRead)).rejects.toThrow('not to be read')
})
