import { expect, test } from 'vitest'
import { createTextSearch } from '../../../../src/main/documents/reading/textSearch.ts'
import type { StoredChunk } from '../../../../src/shared/domain/chunk.ts'
import { fixedIndex } from '../../../helpers/fixedIndex.ts'
import { libraryDocumentOf } from '../../../helpers/passages.ts'
import { fakeEmbedder, fakeStore } from '../../../helpers/retrievalFakes.ts'

function chunk(
  contentId: string,
  ordinal: number,
  text: string,
  rest: Partial<StoredChunk> = {},
): StoredChunk {
  const id = `${contentId}:${String(ordinal)}`
  const place = { page: ordinal + 1, start: 10, end: 10 + text.length }
  return { id, contentId, ordinal, ...place, text, heading: '', tokens: 5, ...rest }
}

/** Searches chunks, which the index finds in their order. */
function searchIn(chunks: readonly StoredChunk[], extra: readonly string[] = []) {
  const contents = new Set(chunks.map(({ contentId }) => contentId))
  const documents = [...contents].map((contentId) => ({
    ...libraryDocumentOf(contentId),
    id: `document-${contentId}`,
    contentId,
  }))
  const twins = extra.map((contentId) => ({
    ...libraryDocumentOf(contentId),
    id: 'twin',
    contentId,
  }))
  return createTextSearch({
    index: fixedIndex({ embedder: fakeEmbedder(), store: fakeStore(chunks) }),
    documents: () => [...documents, ...twins],
  })
}

const roof = 'The board met. Herring gulls nest on the roof. It rained.'

test('a document is found if one passage has every word, and quoted by its best sentence', async () => {
  const { search, quote } = searchIn([
    chunk('a', 0, 'Nothing of it.'),
    chunk('a', 1, roof),
    chunk('b', 0, 'The roof is red.'),
    chunk('b', 1, 'Gulls are birds.'),
  ])
  const matches = await search('gull on a roof')
  expect(matches).toEqual([{ document: 'document-a', passage: 1 }])
  const best = 'Herring gulls nest on the roof.'
  const start = 10 + roof.indexOf(best)
  expect(await quote('gull on a roof', matches)).toEqual([
    { document: 'document-a', page: 2, quote: best, start, end: start + best.length },
  ])
})

test('the heading above a passage counts, and the best passage of a document is shown once', async () => {
  const { search } = searchIn([
    chunk('a', 3, 'It costs ninety euros.', { heading: 'Room prices' }),
    chunk('a', 1, 'The price of a room is below.'),
  ])
  expect(await search('room price')).toEqual([{ document: 'document-a', passage: 3 }])
})

test('the names of its file do not make a document match: its text is looked at', async () => {
  const { search } = searchIn([
    chunk('a', 0, 'It costs ninety euros.', { source: 'gulls' }),
    chunk('a', 1, roof, { source: 'gulls' }),
    chunk('b', 0, 'Ninety gulls.', { source: 'gulls' }),
    chunk('c', 0, 'Ninety euros.', { source: 'gulls' }),
  ])
  expect(await search('gull')).toEqual([
    { document: 'document-a', passage: 1 },
    { document: 'document-b', passage: 0 },
  ])
})

test('every document that shares a content is found and quoted', async () => {
  const { search, quote } = searchIn([chunk('a', 0, roof)], ['a'])
  const matches = await search('roof')
  expect(matches.map(({ document }) => document)).toEqual(['document-a', 'twin'])
  expect((await quote('roof', matches)).map(({ document }) => document)).toEqual([
    'document-a',
    'twin',
  ])
})

test('stop words find nothing, and removed documents are neither found nor quoted', async () => {
  expect(await searchIn([chunk('a', 0, roof)]).search('the of')).toEqual([])
  const { search, quote } = createTextSearch({
    index: fixedIndex({ embedder: fakeEmbedder(), store: fakeStore([chunk('a', 0, roof)]) }),
    documents: () => [],
  })
  expect(await search('roof')).toEqual([])
  expect(await quote('roof', [{ document: 'document-a', passage: 0 }])).toEqual([])
})

test('a passage that is gone is not quoted', async () => {
  const { quote } = searchIn([chunk('a', 0, roof)])
  expect(await quote('roof', [{ document: 'document-a', passage: 7 }])).toEqual([])
})
