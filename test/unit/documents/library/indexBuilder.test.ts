import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import type { SearchIndex } from '../../../../src/main/retrieval/searchIndex.ts'
import { createFakeChunkStore } from '../../../helpers/fakeChunkStore.ts'
import { createFakeEmbedder } from '../../../helpers/fakeEmbedder.ts'
import { indexOf } from '../../../helpers/fixedIndex.ts'
import { createTempDir } from '../../../helpers/tempDir.ts'
import { openTestLibrary } from '../../../helpers/testLibrary.ts'

const lines = 300
const hold = {
  signal: new AbortController().signal,
  unpaused: () => Promise.resolve(),
  onFraction: () => undefined,
}

async function libraryOf(texts: Readonly<Record<string, string>>) {
  const root = await createTempDir()
  const folder = path.join(root, 'documents')
  await mkdir(folder)
  for (const [name, text] of Object.entries(texts)) await writeFile(path.join(folder, name), text)
  const { library } = await openTestLibrary(root)
  await library.import([{ path: folder }], null)
  await library.idle()
  return library
}

/** The index of another embedder, whose first `calls` calls succeed. */
function target(store = createFakeChunkStore(), calls = Infinity): SearchIndex {
  let left = calls
  const embedder = createFakeEmbedder({
    before() {
      left -= 1
      return left < 0 ? Promise.reject(new Error('It died')) : Promise.resolve()
    },
  })
  return indexOf({ id: 'other', store, embedder })
}

const long = Array.from({ length: lines }, (_, n) => `Line ${String(n)}`).join('\n')

test('a partly indexed document counts as missing and is indexed once, completely', async () => {
  const library = await libraryOf({ 'long.txt': long, 'short.txt': 'A line' })
  const builder = library.indexBuilder
  const store = createFakeChunkStore()
  const contentId = library.resolve('long.txt')?.contentId ?? ''
  // The first batch is stored, the second never comes.
  await expect(builder.build([contentId], target(store, 1), hold)).rejects.toThrow('It died')
  expect(store.chunks.size).toBeGreaterThan(0)
  expect(store.chunks.size).toBeLessThan(lines)

  // As after a restart: nothing is known of the index but its rows.
  const again = target(store)
  expect((await builder.missing(again)).missing.map((one) => one.contentId)).toContain(contentId)
  let exchanged = false
  const exchange = () => Promise.resolve((exchanged = true)).then(() => undefined)
  expect(await builder.exchangeWhenWhole(again, exchange)).toBe(false)
  const all = (await builder.missing(again)).missing.map((one) => one.contentId)
  await builder.build(all, again, hold)
  expect(store.chunks.size).toBe(lines + 1)
  expect((await builder.missing(again)).missing).toEqual([])

  // After another restart it is known to be complete, without being embedded again.
  expect((await builder.missing(target(store))).missing).toEqual([])
  expect(exchanged).toBe(false)
  expect(await builder.exchangeWhenWhole(again, exchange)).toBe(true)
  expect(exchanged).toBe(true)
  await library.close()
})

test('a document removed meanwhile is not in the new index', async () => {
  const library = await libraryOf({ 'stays.txt': 'One\nTwo', 'goes.txt': 'Three' })
  const builder = library.indexBuilder
  const store = createFakeChunkStore()
  const other = target(store)
  await builder.build(
    (await builder.missing(other)).missing.map((one) => one.contentId),
    other,
    hold,
  )
  expect(store.chunks.size).toBe(3)
  const gone = library.resolve('goes.txt')
  // Imported again with other words: nothing needs the old content any more.
  await writeFile(gone?.path ?? '', 'Four\nFive')
  await library.import([{ path: gone?.path ?? '' }], null)
  await library.idle()
  expect(await builder.exchangeWhenWhole(other, () => Promise.resolve())).toBe(false)
  await builder.build(
    (await builder.missing(other)).missing.map((one) => one.contentId),
    other,
    hold,
  )
  expect(await builder.exchangeWhenWhole(other, () => Promise.resolve())).toBe(true)
  expect([...store.chunks.values()].map(({ text }) => text).sort()).toEqual([
    'Five',
    'Four',
    'One',
    'Two',
  ])
  await library.close()
})
