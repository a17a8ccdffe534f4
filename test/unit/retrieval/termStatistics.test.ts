import { appendFile, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { chunkId, type StoredChunk } from '../../../src/shared/domain/chunk.ts'
import { terms } from '../../../src/shared/domain/language/terms.ts'
import type { ChunkStore, EmbeddedChunk } from '../../../src/main/retrieval/chunkStore.ts'
import {
  createTermStatistics,
  type TermStatistics,
} from '../../../src/main/retrieval/termStatistics.ts'
import { createTempDir } from '../../helpers/tempDir.ts'

function chunk(contentId: string, ordinal: number, text: string): EmbeddedChunk {
  const place = { ordinal, page: 1, start: 0, end: text.length, heading: '', tokens: 1 }
  return { ...place, id: chunkId(contentId, ordinal), contentId, text, vector: null }
}

/** A store in memory that survives its statistics, as the index on disk does. */
function createMemoryStore() {
  const rows = new Map<string, StoredChunk>()
  const state = { scans: 0, failAdds: false }
  const of = (contentId: string): StoredChunk[] =>
    [...rows.values()].filter((row) => row.contentId === contentId)
  const contents = (): Map<string, number> =>
    new Map(
      [...new Set([...rows.values()].map((row) => row.contentId))].map((c) => [c, of(c).length]),
    )
  const store: ChunkStore = {
    add(chunks) {
      if (state.failAdds) return Promise.reject(new Error('disk full'))
      for (const row of chunks) rows.set(row.id, row)
      return Promise.resolve()
    },
    remove(removed) {
      for (const contentId of removed) for (const row of of(contentId)) rows.delete(row.id)
      return Promise.resolve()
    },
    contents: () => Promise.resolve(contents()),
    languages: () => ['en'],
    count: () => Promise.resolve(rows.size),
    searchFullText: () => Promise.resolve([]),
    searchAllWords: () => Promise.resolve([]),
    chunksAt: () => Promise.resolve([]),
    searchVector: () => Promise.resolve([]),
    range: (contentId, from, to) =>
      Promise.resolve(of(contentId).filter(({ ordinal }) => ordinal >= from && ordinal <= to)),
    withoutVector: () => Promise.resolve([]),
    async *scan() {
      state.scans += 1
      for (const contentId of contents().keys()) yield await Promise.resolve(of(contentId))
    },
    optimize: () => Promise.resolve(),
    close: () => Promise.resolve(),
  }
  return { store, rows, state }
}

function expectToFit(statistics: TermStatistics, rows: ReadonlyMap<string, StoredChunk>): void {
  const texts = [...rows.values()].map(({ text }) => terms(text))
  expect(statistics.chunks).toBe(texts.length)
  const total = texts.reduce((sum, own) => sum + own.length, 0)
  expect(statistics.averageLength).toBeCloseTo(texts.length === 0 ? 0 : total / texts.length)
  for (const term of terms('heron glacier valley reed nothing')) {
    const frequency = texts.filter((own) => own.includes(term)).length
    expect(statistics.documentFrequency(term)).toBe(frequency)
  }
}

const newFile = async (): Promise<string> => path.join(await createTempDir(), 'terms.tsv')

test('rare words weigh more than common ones, and no weight is negative', async () => {
  const { store } = createMemoryStore()
  const counted = await createTermStatistics({ file: await newFile(), store })
  const texts = ['heron and glacier', 'glaciers', 'a glacier', 'glacier glacier']
  await counted.store.add(texts.map((text, ordinal) => chunk('a', ordinal, text)))
  const [heron = '', glacier = '', unseen = ''] = terms('heron glacier unseen')
  const { statistics } = counted
  expect(statistics.documentFrequency(glacier)).toBe(4)
  expect(statistics.idf(heron)).toBeCloseTo(Math.log(1 + 19.5 / 1.5))
  expect(statistics.idf(unseen)).toBeGreaterThan(statistics.idf(heron))
  expect(statistics.idf(glacier)).toBeGreaterThan(0)
})

test('the counts match the chunks after any additions, replacements and removals', async () => {
  const text = fc
    .array(fc.constantFrom('heron', 'herons', 'Glacier', 'valley', 'reeds', 'the'), {
      maxLength: 6,
    })
    .map((words) => words.join(' '))
  const contentId = fc.constantFrom('a', 'b', 'c')
  const step = fc.oneof(
    fc.record({ add: fc.array(fc.tuple(contentId, fc.nat(3), text), { maxLength: 5 }) }),
    fc.record({ remove: fc.array(contentId, { maxLength: 2 }) }),
  )
  const file = await newFile()
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 8 }), fc.nat(8), async (steps, before) => {
      const { store, rows } = createMemoryStore()
      const apply = (to: ChunkStore, one: (typeof steps)[number]): Promise<void> =>
        'add' in one ? to.add(one.add.map((args) => chunk(...args))) : to.remove(one.remove)
      // The first steps happen before counting, so that the initial count overlaps with the others.
      for (const one of steps.slice(0, before)) await apply(store, one)
      const counted = await createTermStatistics({ file, store })
      await Promise.all(steps.slice(before).map((one) => apply(counted.store, one)))
      await counted.ready
      expectToFit(counted.statistics, rows)
    }),
    { numRuns: 60 },
  )
})

test('counts are kept when the store closes and used without counting again', async () => {
  const { store, rows, state } = createMemoryStore()
  const file = await newFile()
  const first = await createTermStatistics({ file, store })
  await first.store.add([chunk('a', 0, 'the heron'), chunk('b', 0, 'reeds and valley')])
  await first.store.close()
  state.scans = 0
  const second = await createTermStatistics({ file, store })
  expectToFit(second.statistics, rows)
  await second.ready
  expect(second.statistics.chunks).toBe(2)
  await second.store.remove(['a'])
  expectToFit(second.statistics, rows)
})

test.each([
  ['missing', () => Promise.resolve()],
  ['cut', async (file: string) => writeFile(file, (await readFile(file, 'utf8')).slice(0, -4))],
  ['longer', (file: string) => appendFile(file, '1\tmore\n')],
  ['none of ours', (file: string) => writeFile(file, '{"a":1}\nx')],
  ['empty', (file: string) => writeFile(file, '')],
])('a file that is %s is no loss: everything is counted anew', async (_, spoil) => {
  const { store, rows } = createMemoryStore()
  const file = await newFile()
  const first = await createTermStatistics({ file, store })
  await first.store.add([chunk('a', 0, 'the heron'), chunk('b', 0, 'glacier')])
  await first.store.close()
  await spoil(file)
  const second = await createTermStatistics({ file, store })
  await second.ready
  expectToFit(second.statistics, rows)
})

test('a store that changed without its statistics is counted again', async () => {
  const { store, rows } = createMemoryStore()
  const file = await newFile()
  const first = await createTermStatistics({ file, store })
  await first.store.add([chunk('a', 0, 'the heron')])
  await first.store.close()
  await store.add([chunk('b', 0, 'a glacier')])
  const second = await createTermStatistics({ file, store })
  await second.ready
  expectToFit(second.statistics, rows)
})

test('after a failed write nothing is saved, as the stored rows are unknown', async () => {
  const { store, state } = createMemoryStore()
  const file = await newFile()
  const counted = await createTermStatistics({ file, store })
  state.failAdds = true
  await expect(counted.store.add([chunk('a', 0, 'heron')])).rejects.toThrow('disk full')
  await counted.store.close()
  await expect(readFile(file)).rejects.toThrow(/ENOENT/)
})
