import { expect, test } from 'vitest'
import { createTextSearch } from '../../../../src/main/documents/reading/textSearch.ts'
import type { StoredChunk } from '../../../../src/shared/domain/chunk.ts'
import { fixedIndex } from '../../../helpers/fixedIndex.ts'
import { libraryDocumentOf } from '../../../helpers/passages.ts'
import { fakeEmbedder, fakeStore } from '../../../helpers/retrievalFakes.ts'

function chunk(contentId: string, ordinal: number, text: string, heading = ''): StoredChunk {
  const id = `${contentId}:${String(ordinal)}`
  return {
    id,
    contentId,
    ordinal,
    page: ordinal + 1,
    start: 10,
    end: 10 + text.length,
    text,
    heading,
    tokens: 5,
  }
}

function indexThatFinds(chunks: readonly StoredChunk[]) {
  const store = fakeStore(chunks)
  return fixedIndex({
    embedder: fakeEmbedder(),
    store: {
      ...store,
      searchFullText: () => Promise.resolve(chunks.map((one) => ({ chunk: one, score: 1 }))),
    },
  })
}

/** Searches chunks that the index found, best first. */
function searchIn(chunks: readonly StoredChunk[], extra: readonly string[] = []) {
  const documents = [...new Set([...chunks.map(({ contentId }) => contentId)])].map(
    (contentId) => ({
      ...libraryDocumentOf(contentId),
      id: `document-${contentId}`,
      contentId,
    }),
  )
  const twins = extra.map((contentId) => ({
    ...libraryDocumentOf(contentId),
    id: 'twin',
    contentId,
  }))
  return createTextSearch({
    index: indexThatFinds(chunks),
    documents: () => [...documents, ...twins],
  })
}

const roof = 'The board met. Herring gulls nest on the roof. It rained.'

test('a document is found if one passage has every word, and shows the best sentence', async () => {
  const search = searchIn([
    chunk('a', 0, roof),
    chunk('b', 0, 'The roof is red.'),
    chunk('b', 1, 'Gulls are birds.'),
  ])
  const hits = await search('gull on a roof')
  expect(hits.map(({ document }) => document)).toEqual(['document-a'])
  const start = 10 + roof.indexOf('Herring')
  expect(hits[0]).toMatchObject({
    page: 1,
    quote: 'Herring gulls nest on the roof.',
    start,
    end: start + 'Herring gulls nest on the roof.'.length,
  })
})

test('the heading above a passage counts, and the best passage of a document is shown once', async () => {
  const search = searchIn([
    chunk('a', 3, 'It costs ninety euros.', 'Room prices'),
    chunk('a', 1, 'The price of a room is below.'),
  ])
  const hits = await search('room price')
  expect(hits.map(({ page }) => page)).toEqual([4])
})

test('every document that shares a content is found', async () => {
  const hits = await searchIn([chunk('a', 0, roof)], ['a'])('roof')
  expect(hits.map(({ document }) => document)).toEqual(['document-a', 'twin'])
})

test('stop words find nothing, and removed documents are not found', async () => {
  expect(await searchIn([chunk('a', 0, roof)])('the of')).toEqual([])
  const search = createTextSearch({
    index: indexThatFinds([chunk('a', 0, roof)]),
    documents: () => [],
  })
  expect(await search('roof')).toEqual([])
})

test('of hundreds of documents, each is quoted with a sentence that has the word', async () => {
  const text = 'The board met. A gull was seen. The gulls nest on the roof.'
  const hits = await searchIn(
    Array.from({ length: 80 }, (_, at) => chunk(`a${String(at)}`, 0, text)),
  )('nesting gulls')
  expect(hits).toHaveLength(80)
  for (const { quote, start, end } of hits) {
    expect(quote).toBe('The gulls nest on the roof.')
    expect(text.slice(start - 10, end - 10)).toBe(quote)
  }
})
