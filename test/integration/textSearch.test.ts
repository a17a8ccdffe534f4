import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createTermSearch } from '../../src/main/documents/reading/termSearch.ts'
import { createTextSearch } from '../../src/main/documents/reading/textSearch.ts'
import type { ChunkStore, EmbeddedChunk } from '../../src/main/retrieval/chunkStore.ts'
import { openVectorStore } from '../../src/main/retrieval/vectorStore.ts'
import { chunkId } from '../../src/shared/domain/chunk.ts'
import { contentTerms, terms } from '../../src/shared/domain/language/terms.ts'
import { fixedIndex } from '../helpers/fixedIndex.ts'
import { libraryDocumentOf } from '../helpers/passages.ts'
import { fakeEmbedder } from '../helpers/retrievalFakes.ts'
import { createTempDir } from '../helpers/tempDir.ts'

const languages = ['en', 'de', 'fr', 'tr', 'ja', 'th']
const contents = ['a', 'b', 'c', 'd', 'e', 'f']
/** Longer than what the index keeps of a word. */
const endless = 'gull'.repeat(30)
const words = fc.constantFrom(
  ...['gull', 'Gulls', 'nesting', 'nest', 'nests.', 'roof', 'the', 'of', 'WHO', 'who', "don't"],
  ...['12 000', '12,000', '12000', '1.200', '1200', '3.5', '3,5', '2026-11-30', '30.11.2026'],
  ...['LBK-4471', 'lbk4471', 'LBK 4471', '4471', 'v2.4.1', 'v2.4.10', 'NO93 8601 1117', 'C++'],
  ...['Haus', 'Häuser', 'été', 'ete', "l'eau", 'eau', 'evler', 'ISI', 'ısı', endless],
  ...['東京都三鷹市', '東京', '京都', '図書館は休館', '休館', 'ห้องสมุด', 'สมุด'],
)
const write = (most: number): fc.Arbitrary<string> =>
  fc
    .array(fc.tuple(words, fc.constantFrom(' ', ' ', '\n', ', ')), {
      minLength: 1,
      maxLength: most,
    })
    .map((parts) => parts.flat().join(''))
const maybe = (text: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.oneof({ weight: 2, arbitrary: fc.constant('') }, { weight: 1, arbitrary: text })

const chunk = fc
  .record({
    contentId: fc.constantFrom(...contents),
    ordinal: fc.nat(3),
    text: write(7),
    heading: maybe(write(2)),
    source: maybe(write(2)),
    language: fc.constantFrom('en', ...languages),
  })
  .map((own): EmbeddedChunk => {
    const place = { page: 1, start: 0, end: own.text.length, tokens: 1, vector: null }
    return { ...own, ...place, id: chunkId(own.contentId, own.ordinal) }
  })
const chunks = fc.array(chunk, { minLength: 1, maxLength: 20 })

/** What was written to a store, in order: the rest of it is not in the index of its words yet. */
const library = fc.record({
  batches: fc.array(chunks, { minLength: 1, maxLength: 3 }),
  removed: fc.subarray(contents, { maxLength: 2 }),
  isOptimised: fc.boolean(),
})
const queries = fc.array(write(3), { minLength: 8, maxLength: 8 })

type Written = typeof library extends fc.Arbitrary<infer Value> ? Value : never

const idsOf = (found: readonly { contentId: string; ordinal: number }[]): string[] =>
  found.map(({ contentId, ordinal }) => chunkId(contentId, ordinal))

function hasAll(query: string, language: string, ...texts: readonly string[]): boolean {
  const wanted = contentTerms(query, language)
  const own = new Set(texts.flatMap((text) => terms(text, language)))
  return wanted.length > 0 && wanted.every((term) => own.has(term))
}

const documents = contents.map((contentId) => ({
  ...libraryDocumentOf(contentId),
  id: contentId,
  contentId,
}))

async function writeAll(written: Written, store: ChunkStore): Promise<readonly EmbeddedChunk[]> {
  for (const batch of written.batches) await store.add(batch)
  await store.remove(written.removed)
  if (written.isOptimised) await store.optimize()
  const last = new Map(written.batches.flat().map((one) => [one.id, one]))
  return [...last.values()].filter(({ contentId }) => !written.removed.includes(contentId))
}

/** Whether a query has nothing that the index keeps: it finds nothing then. */
const isEndless = (query: string): boolean =>
  languages.some((language) => contentTerms(query, language).every((term) => term.length > 100))

/** What the index finds, against the analysis of every passage. */
async function checkIndex(store: ChunkStore, stored: readonly EmbeddedChunk[], query: string) {
  const found = await store.searchAllWords(query)
  const ids = idsOf(found)
  const certain = idsOf(found.filter(({ isCertain }) => isCertain))
  const decided = new Set(found.flatMap((one) => (one.isCertain ? one.contentId : [])))
  for (const one of stored) {
    const isFound = ids.includes(one.id)
    const { language = 'en', source = '', heading, text } = one
    const expected = hasAll(query, language, source, heading, text)
    if (isFound || !decided.has(one.contentId)) expect(isFound, query).toBe(expected)
    if (certain.includes(one.id)) expect(hasAll(query, language, heading, text), query).toBe(true)
  }
}

test('a search finds what the analysis of every passage finds, whatever was written', async () => {
  const property = fc.asyncProperty(library, queries, async (written, asked) => {
    const store = await openVectorStore({ directory: await createTempDir(), dimensions: 1 })
    try {
      const stored = await writeAll(written, store)
      const index = fixedIndex({ embedder: fakeEmbedder(), store })
      const { search } = createTextSearch({ index, documents: () => documents })
      for (const query of asked) {
        if (!query.includes(endless)) await checkIndex(store, stored, query)
        const sought = createTermSearch(query, null)
        const having = new Set(
          stored.filter((one) => sought.hasAll(one)).map(({ contentId }) => contentId),
        )
        const matches = (await search(query)).map(({ document }) => document)
        if (!isEndless(query)) expect([...matches].sort(), query).toEqual([...having].sort())
      }
    } finally {
      await store.close()
    }
  })
  await fc.assert(property, { numRuns: 5, endOnFailure: true })
})
