import { describe, expect, test } from 'vitest'
import fc from 'fast-check'
import { connect } from '@lancedb/lancedb'
import { chunkId } from '../../src/shared/domain/chunk.ts'
import type { ChunkStore, EmbeddedChunk, FoundChunk } from '../../src/main/retrieval/chunkStore.ts'
import { openVectorStore } from '../../src/main/retrieval/vectorStore.ts'
import { createTempDir } from '../helpers/tempDir.ts'

const dimensions = 8
const from = 1_000

/** Unit vectors in all directions, the same for the same seed. */
function direction(seed: number): Float32Array {
  const values = Float32Array.from({ length: dimensions }, (_, index) => {
    const mixed = Math.imul((seed * dimensions + index + 1) ^ 0x9e3779b9, 0x85ebca6b)
    return (Math.imul(mixed ^ (mixed >>> 15), 0xc2b2ae35) >>> 0) / 2 ** 32 - 0.5
  })
  const norm = Math.hypot(...values)
  return values.map((value) => value / norm)
}

function chunk(contentId: string, ordinal: number, seed: number): EmbeddedChunk {
  const text = `common word${seed}`
  const place = { page: 1, start: 0, end: text.length, heading: '', tokens: 2 }
  const id = chunkId(contentId, ordinal)
  return { id, contentId, ordinal, ...place, text, vector: direction(seed) }
}

/** `count` chunks, ten to a content, numbered from `first`. */
function chunks(first: number, count: number): EmbeddedChunk[] {
  return Array.from({ length: count }, (_, index) => {
    const seed = first + index
    return chunk(`c${Math.floor(seed / 10)}`, seed % 10, seed)
  })
}

function open(directory: string): Promise<ChunkStore> {
  return openVectorStore({ directory, dimensions, vectorIndexFrom: from })
}

async function indexedColumns(directory: string): Promise<string[]> {
  const connection = await connect(directory)
  const table = await connection.openTable('passages')
  const indexes = await table.listIndices()
  table.close()
  connection.close()
  return indexes.flatMap(({ columns }) => columns).sort()
}

const ids = (found: readonly FoundChunk[]): string[] => found.map(({ chunk }) => chunk.id)

/** The expected result: every vector compared. */
function nearest(all: readonly EmbeddedChunk[], to: Float32Array, limit: number): string[] {
  const score = ({ vector }: EmbeddedChunk): number =>
    vector?.reduce((sum, value, index) => sum + value * (to[index] ?? 0), 0) ?? -1
  return [...all]
    .sort((a, b) => score(b) - score(a))
    .slice(0, limit)
    .map(({ id }) => id)
}

function recall(found: readonly string[], expected: readonly string[]): number {
  return expected.filter((id) => found.includes(id)).length / expected.length
}

describe('the vector index', () => {
  test('is created once there are as many chunks as given, not before', async () => {
    const directory = await createTempDir()
    const store = await open(directory)
    await store.add(chunks(0, from - 1))
    await store.optimize()
    expect(await indexedColumns(directory)).toEqual(['content', 'searchText'])
    await store.add(chunks(from - 1, 1))
    await store.optimize()
    expect(await indexedColumns(directory)).toEqual(['content', 'searchText', 'vector'])
    await store.close()
  })

  test('finds the same as comparing every vector, after rows were added, replaced and removed', async () => {
    const directory = await createTempDir()
    let store = await open(directory)
    await store.add(chunks(0, 1_200))
    await store.optimize()
    await store.add(chunks(1_200, 100))
    await store.add([chunk('c5', 5, 2_000)])
    await store.remove(['c7', 'c121'])
    const all = [
      ...chunks(0, 1_300).filter(({ id }) => id !== 'c5:5'),
      chunk('c5', 5, 2_000),
    ].filter(({ contentId }) => contentId !== 'c7' && contentId !== 'c121')
    const check = async (): Promise<void> => {
      const seeds = [3, 55, 75, 1_215, 1_250, 1_299, 2_000, 5_000]
      for (const seed of seeds) {
        const found = ids(await store.searchVector(direction(seed), { limit: 20 }))
        expect(new Set(found).size).toBe(20)
        expect(recall(found, nearest(all, direction(seed), 20))).toBeGreaterThanOrEqual(0.9)
      }
      expect(ids(await store.searchVector(direction(2_000), { limit: 1 }))).toEqual(['c5:5'])
      expect(ids(await store.searchVector(direction(1_250), { limit: 1 }))).toEqual(['c125:0'])
    }
    await check()
    await store.optimize()
    await check()
    await store.close()
    store = await open(directory)
    await check()
    await store.close()
  })

  test('a library that was emptied and filled again is searched like a new one', async () => {
    const store = await open(await createTempDir())
    await store.add(chunks(0, 1_000))
    await store.optimize()
    await store.remove([...(await store.contents()).keys()])
    await store.optimize()
    expect(await store.searchVector(direction(1), { limit: 5 })).toEqual([])
    await store.add(chunks(900, 20))
    await store.optimize()
    const found = await store.searchVector(direction(907), { limit: 20 })
    expect(found).toHaveLength(20)
    expect(found[0]?.chunk.id).toBe('c90:7')
    await store.close()
  })
})

describe('a scope over an indexed library', () => {
  // Large enough for every way to search a scope: compared one by one, filtered, dropped.
  const count = 12_000
  const all = chunks(0, count)

  test('returns only chunks of the scope, as many as there are', async () => {
    const store = await open(await createTempDir())
    await store.add(all)
    const seed = fc.integer({ min: 0, max: count })
    const first = fc.integer({ min: 0, max: count / 10 - 1 })
    const size = fc.constantFrom(1, 20, 390, 410, 560, 650, 1_100, 1_200)
    await fc.assert(
      fc.asyncProperty(seed, first, size, async (seed, first, size) => {
        const picked = Array.from({ length: size }, (_, i) => (first + i) % (count / 10))
        const contents = new Set(picked.map((number) => `c${number}`))
        const limits = { limit: 30, contents }
        const inside = all.filter(({ contentId }) => contents.has(contentId))
        const expected = nearest(inside, direction(seed), 30)
        const byVector = ids(await store.searchVector(direction(seed), limits))
        expect(byVector).toHaveLength(expected.length)
        expect(byVector.filter((id) => !contents.has(id.split(':')[0] ?? ''))).toEqual([])
        const least = inside.length <= 4_000 ? 1 : 0.9
        expect(recall(byVector, expected)).toBeGreaterThanOrEqual(least)
        const byWord = await store.searchFullText('common', limits)
        expect(byWord).toHaveLength(expected.length)
        expect(byWord.every(({ chunk }) => contents.has(chunk.contentId))).toBe(true)
      }),
      { numRuns: 25 },
    )
    await store.close()
  })

  test('if all the best chunks are outside, the filtered search finds the others', async () => {
    const store = await openVectorStore({ directory: await createTempDir(), dimensions })
    const near = (index: number): EmbeddedChunk => ({
      ...chunk(`near${index % 40}`, index, 1),
      text: 'heron heron',
    })
    const outside = Array.from({ length: 2_000 }, (_, index) => near(index))
    const inside = all
      .slice(0, 6_000)
      .map((one) => ({ ...one, text: `${one.text} heron reed pond` }))
    await store.add([...outside, ...inside])
    const limits = { limit: 50, contents: new Set(inside.map(({ contentId }) => contentId)) }
    expect(await store.searchFullText('heron', limits)).toHaveLength(50)
    expect(ids(await store.searchVector(direction(1), limits))).toHaveLength(50)
    await store.close()
  })
})
