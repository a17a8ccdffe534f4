import { expect, test } from 'vitest'
import { createIndexInUse } from '../../../src/main/retrieval/searchIndex.ts'
import { createRetrieval } from '../../../src/main/retrieval/search.ts'
import type { Embedder } from '../../../src/main/embedding/embedder.ts'
import { indexOf } from '../../helpers/fixedIndex.ts'
import { chunkOf, fakeEmbedder, fakeStore } from '../../helpers/retrievalFakes.ts'

function index(id: string) {
  return indexOf({ id, store: fakeStore([chunkOf('a', id)]), embedder: fakeEmbedder() })
}

test('a running search finishes on its index, and then the old index is closed', async () => {
  const inUse = createIndexInUse(index('old'))
  let open: () => void = () => undefined
  const gate = new Promise<void>((resolve) => (open = resolve))
  const seen: string[] = []
  const slow = inUse.use(async ({ id }) => {
    await gate
    seen.push(id)
  })
  const { old, ended } = inUse.replace(index('new'))
  void ended.then(() => seen.push('ended'))
  await inUse.use(({ id }) => Promise.resolve(seen.push(id)))
  expect(inUse.current().id).toBe('new')
  expect(old.id).toBe('old')
  expect(seen).toEqual(['new'])
  open()
  await slow
  await ended
  expect(seen).toEqual(['new', 'old', 'ended'])
})

test('a failed use counts as ended', async () => {
  const inUse = createIndexInUse(index('old'))
  await expect(inUse.use(() => Promise.reject(new Error('no')))).rejects.toThrow('no')
  await inUse.unused()
  await inUse.replace(index('new')).ended
})

test('a question is never searched in another index than that of its embedder', async () => {
  const asked: string[] = []
  const part = (id: string, dimensions: number) => {
    const embedder: Embedder = {
      id,
      dimensions,
      // While the question is embedded, another index takes over.
      embed(texts) {
        inUse.replace(part(`after ${id}`, dimensions + 1))
        return Promise.resolve(texts.map(() => new Float32Array(dimensions)))
      },
      dispose: () => Promise.resolve(),
    }
    const store = {
      ...fakeStore([chunkOf('a', 'heron')]),
      searchVector: (vector: Float32Array) => {
        asked.push(`${id}: ${String(vector.length)} of ${String(dimensions)}`)
        return Promise.resolve([])
      },
    }
    return indexOf({ id, embedder, store })
  }
  const inUse = createIndexInUse(part('a', 4))
  const retrieval = createRetrieval({ index: inUse })
  await retrieval.search('heron', { limit: 1 })
  await retrieval.search('heron', { limit: 1 })
  expect(asked).toEqual(['a: 4 of 4', 'after a: 5 of 5'])
})
