import { chmod, chown, mkdir, readdir, truncate, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { chunkId } from '../../src/shared/domain/chunk.ts'
import type { ChunkStore, EmbeddedChunk } from '../../src/main/retrieval/chunkStore.ts'
import { openVectorStore } from '../../src/main/retrieval/vectorStore.ts'
import type { StoreNotice } from '../../src/main/retrieval/vectorStore/openTable.ts'
import { createTempDir } from '../helpers/tempDir.ts'

const dimensions = 4

function chunk(contentId: string, ordinal: number, text: string, vector = [1, 0, 0, 0]) {
  return {
    id: chunkId(contentId, ordinal),
    contentId,
    ordinal,
    page: 1,
    start: 0,
    end: text.length,
    text,
    heading: '',
    tokens: 3,
    vector: Float32Array.from(vector),
  } satisfies EmbeddedChunk
}

async function open(directory: string, notices: StoreNotice[] = []): Promise<ChunkStore> {
  return openVectorStore({ directory, dimensions, onNotice: (notice) => notices.push(notice) })
}

const nobody = 65_534

/** Runs as somebody whom permissions bind: root reads everything. */
async function asNobody(directory: string, run: () => Promise<void>): Promise<void> {
  if (process.geteuid?.() !== 0) return run()
  await chmod(path.dirname(directory), 0o755)
  // The folder could be renamed, as it can be where a person owns it.
  for (const folder of [path.dirname(directory), directory]) await chown(folder, nobody, nobody)
  process.seteuid?.(nobody)
  try {
    await run()
  } finally {
    process.seteuid?.(0)
  }
}

async function withStore(
  chunks: readonly EmbeddedChunk[],
  check: (store: ChunkStore) => Promise<void>,
): Promise<void> {
  const store = await open(await createTempDir())
  try {
    await store.add(chunks)
    await check(store)
  } finally {
    await store.close()
  }
}

describe('finding', () => {
  const chunks = [
    chunk('a', 0, 'The heron waits in the reeds.', [1, 0, 0, 0]),
    chunk('a', 1, 'Glaciers carve valleys slowly.', [0, 1, 0, 0]),
    { ...chunk('b', 0, 'A list of numbers.'), heading: 'Volcanoes', vector: null },
  ]

  test('words are found by their stems, in heading and text, as soon as add resolves', () =>
    withStore(chunks, async (store) => {
      const [valley] = await store.searchFullText('carving a valley', { limit: 5 })
      expect(valley?.chunk).toMatchObject({ id: 'a:1', text: 'Glaciers carve valleys slowly.' })
      expect((await store.searchFullText('volcano', { limit: 5 }))[0]?.chunk.id).toBe('b:0')
      expect(await store.searchFullText('submarine', { limit: 5 })).toEqual([])
    }))

  test('words are found in text without spaces', () =>
    withStore(
      [
        chunk('ja', 0, '東京都三鷹市の図書館は毎週月曜日に休館します。'),
        chunk('ja', 1, 'コーヒーの木は熱帯で育つ。'),
        chunk('th', 0, 'ห้องสมุดปิดทุกวันจันทร์'),
      ],
      async (store) => {
        const best = async (query: string): Promise<string | undefined> =>
          (await store.searchFullText(query, { limit: 5 }))[0]?.chunk.id
        expect(await best('図書館の休館日')).toBe('ja:0')
        expect(await best('コーヒー')).toBe('ja:1')
        expect(await best('วันจันทร์')).toBe('th:0')
        expect(await best('大学')).toBeUndefined()
      },
    ))

  test('a chunk in the place of one in another language is found in its own', () =>
    withStore([{ ...chunk('a', 0, 'The house.'), language: 'en' }], async (store) => {
      await store.add([{ ...chunk('a', 0, 'Das Haus am Hang.'), language: 'de' }])
      expect(store.languages()).toContain('de')
      expect(await store.searchAllWords('Häuser')).toMatchObject([{ contentId: 'a', ordinal: 0 }])
    }))

  test('vectors are found by cosine; a chunk without one is not', () =>
    withStore(chunks, async (store) => {
      const found = await store.searchVector(Float32Array.of(0, 2, 0, 0), { limit: 5 })
      expect(found.map(({ chunk }) => chunk.id)).toEqual(['a:1', 'a:0'])
      expect(found[0]?.score).toBeCloseTo(1)
      expect(found[1]?.score).toBeCloseTo(0)
    }))

  test('vectors are returned on request, null for a chunk without one', () =>
    withStore(chunks, async (store) => {
      const limits = { limit: 5, withVectors: true }
      const [reeds] = await store.searchFullText('reeds', limits)
      expect(reeds?.vector).toEqual(Float32Array.of(1, 0, 0, 0))
      expect((await store.searchFullText('volcano', limits))[0]?.vector).toBeNull()
      const [nearest] = await store.searchVector(Float32Array.of(0, 2, 0, 0), limits)
      expect(nearest?.vector).toEqual(Float32Array.of(0, 1, 0, 0))
      expect((await store.searchFullText('reeds', { limit: 5 }))[0]).not.toHaveProperty('vector')
    }))

  test('a scope limits both, even one of thousands of contents', () =>
    withStore(chunks, async (store) => {
      const many = new Set(Array.from({ length: 3_000 }, (_, index) => `other-${index}`)).add('b')
      expect(await store.searchFullText('glacier', { limit: 5, contents: many })).toEqual([])
      const found = await store.searchFullText('volcano', { limit: 5, contents: many })
      expect(found.map(({ chunk }) => chunk.id)).toEqual(['b:0'])
      expect(
        await store.searchVector(Float32Array.of(1, 0, 0, 0), { limit: 5, contents: new Set() }),
      ).toEqual([])
    }))

  test.each(['', '   ', '?!…', '"', 'a AND (b', "x' OR '1'='1", '\\ * ~ ^ : [', '\u0000'])(
    'the question %j is only words',
    (question) =>
      withStore(chunks, async (store) => {
        expect(await store.searchFullText(question, { limit: 5 })).toEqual([])
      }),
  )

  test('results are plain objects and complete', () =>
    withStore(chunks, async (store) => {
      const [found] = await store.searchFullText('heron', { limit: 1 })
      const { vector: _, ...stored } = chunks[0] ?? chunk('', 0, '')
      expect(found?.chunk).toStrictEqual({ ...stored, language: 'en', source: '' })
      expect(structuredClone(found)).toStrictEqual(found)
    }))
})

describe('writing', () => {
  test('a chunk with the same id is replaced, also within one batch and by many at once', () =>
    withStore([chunk('a', 0, 'old'), chunk('a', 0, 'older')], async (store) => {
      expect(await store.count()).toBe(1)
      await Promise.all(
        Array.from({ length: 10 }, () => store.add([chunk('a', 0, 'heron'), chunk('a', 1, 'new')])),
      )
      expect(await store.count()).toBe(2)
      expect((await store.range('a', 0, 9)).map(({ text }) => text)).toEqual(['heron', 'new'])
      expect(await store.searchFullText('older', { limit: 5 })).toEqual([])
    }))

  test.each([
    ['too short', Float32Array.of(1, 0, 0)],
    ['too long', Float32Array.of(1, 0, 0, 0, 0)],
    ['not a number', Float32Array.of(1, NaN, 0, 0)],
  ])('a vector that is %s is refused, and nothing is written', (_, vector) =>
    withStore([], async (store) => {
      const batch = [chunk('a', 0, 'good'), { ...chunk('a', 1, 'bad'), vector }]
      await expect(store.add(batch)).rejects.toMatchObject({ code: 'invalid-input' })
      expect(await store.count()).toBe(0)
    }),
  )

  test.each(["x' OR '1'='1", '', 'a b', 'x'.repeat(200)])(
    'the content %j is refused',
    (contentId) =>
      withStore([chunk('a', 0, 'stays')], async (store) => {
        await expect(store.remove([contentId])).rejects.toMatchObject({ code: 'invalid-input' })
        await expect(store.range(contentId, 0, 1)).rejects.toMatchObject({ code: 'invalid-input' })
        expect(await store.count()).toBe(1)
      }),
  )

  test('removing, counting, scanning and optimizing agree, also after reopening', async () => {
    const directory = await createTempDir()
    const store = await open(directory)
    await store.add(
      Array.from({ length: 2_500 }, (_, i) => chunk(`c${i % 7}`, i, `word${i} common`)),
    )
    await store.remove(['c0', 'unknown'])
    await store.optimize()
    const counts = new Map(await store.contents())
    expect([...counts.keys()].sort()).toEqual(['c1', 'c2', 'c3', 'c4', 'c5', 'c6'])
    const scanned = new Set<string>()
    for await (const batch of store.scan()) for (const { id } of batch) scanned.add(id)
    expect(scanned.size).toBe(await store.count())
    await store.close()

    const again = await open(directory)
    expect(new Map(await again.contents())).toEqual(counts)
    expect((await again.searchFullText('word8', { limit: 5 }))[0]?.chunk.text).toBe('word8 common')
    await again.close()
  })

  test('searches work while rows are written and old versions are freed', () =>
    withStore([chunk('a', 0, 'heron')], async (store) => {
      const writes = (async () => {
        for (let round = 0; round < 8; round++) {
          await store.add([chunk(`b${round}`, 0, 'filler')])
          await store.optimize()
        }
      })()
      const state = { searching: true }
      void writes.finally(() => (state.searching = false))
      while (state.searching) {
        const found = await store.searchFullText('heron', { limit: 3 })
        expect(found.map(({ chunk }) => chunk.id)).toEqual(['a:0'])
      }
      await writes
    }))
})

describe('opening after a power cut or corruption', () => {
  async function filled(): Promise<string> {
    const directory = path.join(await createTempDir(), 'index')
    const store = await open(directory)
    await store.add([chunk('a', 0, 'heron')])
    await store.close()
    return directory
  }

  test('an empty newest manifest is set aside and the version before is used', async () => {
    const directory = await filled()
    const versions = path.join(directory, 'passages.lance/_versions')
    const names = (await readdir(versions)).filter((name) => name.endsWith('.manifest')).sort()
    const newest = BigInt((names[0] ?? '').replace('.manifest', ''))
    await writeFile(path.join(versions, `${String(newest - 1n)}.manifest`), '')
    const notices: StoreNotice[] = []
    const store = await open(directory, notices)
    expect(notices.map(({ kind }) => kind)).toEqual(['version-lost'])
    expect(await store.count()).toBe(1)
    await store.add([chunk('a', 1, 'crane')])
    expect((await store.searchFullText('crane', { limit: 1 }))[0]?.chunk.id).toBe('a:1')
    await store.close()
  })

  test('an index that cannot be read is set aside, kept, and reported', async () => {
    const directory = await filled()
    const data = path.join(directory, 'passages.lance/data')
    for (const name of await readdir(data)) await truncate(path.join(data, name), 10)
    const notices: StoreNotice[] = []
    const store = await open(directory, notices)
    expect(notices.map(({ kind }) => kind)).toEqual(['set-aside'])
    expect((await store.contents()).size).toBe(0)
    const aside = (await readdir(path.dirname(directory))).filter((name) =>
      name.includes('unreadable'),
    )
    expect(aside).toHaveLength(1)
    await store.add([chunk('a', 0, 'heron')])
    expect(await store.count()).toBe(1)
    await store.close()
  })

  test.runIf(process.platform !== 'win32')(
    'an index that may not be read is left where it is, and found again when it may',
    async () => {
      const directory = await filled()
      const data = path.join(directory, 'passages.lance/data')
      const [file = ''] = await readdir(data)
      await chmod(path.join(data, file), 0)
      const notices: StoreNotice[] = []
      await asNobody(directory, () =>
        expect(open(directory, notices)).rejects.toMatchObject({ code: 'permission-denied' }),
      )
      expect(notices).toEqual([])
      await chmod(path.join(data, file), 0o644)
      const store = await open(directory, notices)
      expect(await store.count()).toBeGreaterThan(0)
      expect(notices).toEqual([])
      await store.close()
    },
  )

  test('an index of another width is set aside', async () => {
    const directory = await filled()
    const notices: StoreNotice[] = []
    const store = await openVectorStore({
      directory,
      dimensions: 8,
      onNotice: (n) => notices.push(n),
    })
    expect(notices.map(({ kind }) => kind)).toEqual(['set-aside'])
    await store.close()
  })

  test('an existing empty folder becomes a new index', async () => {
    const directory = path.join(await createTempDir(), 'index')
    await mkdir(directory)
    const store = await open(directory)
    expect(await store.count()).toBe(0)
    expect(await store.searchVector(Float32Array.of(1, 0, 0, 0), { limit: 3 })).toEqual([])
    await store.close()
  })
})
