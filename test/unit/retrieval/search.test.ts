import { describe, expect, it } from 'vitest'
import { createRetrieval } from '../../../src/main/retrieval/search.ts'
import { fixedIndex } from '../../helpers/fixedIndex.ts'
import { chunkOf, fakeEmbedder, fakeStore } from '../../helpers/retrievalFakes.ts'

const embedder = fakeEmbedder()
const bridge = 'The old bridge was built by Ada Kerr in 1890.'
const river = 'The river is wide and slow in the plain.'
const market = 'On market days farmers cross the bridge early.'

function retrievalOver(...chunks: readonly ReturnType<typeof chunkOf>[]) {
  return createRetrieval({ index: fixedIndex({ store: fakeStore(chunks), embedder }) })
}

describe('createRetrieval', () => {
  it('returns the best passages first, with their sentences and scores', async () => {
    const retrieval = retrievalOver(
      chunkOf('a', river),
      chunkOf('b', bridge, { heading: 'Town' }),
      chunkOf('c', market),
    )
    const { passages, decision } = await retrieval.search('Who built the old bridge?', { limit: 2 })
    expect(passages.map((one) => one.contentId)).toEqual(['b', 'c'])
    const [first] = passages
    expect(first).toMatchObject({ chunk: 'b:0', heading: 'Town', page: 1, text: bridge })
    expect(first?.sentences.map((one) => one.text)).toEqual([bridge])
    expect(first?.scores.cosine).toBeNull()
    expect(decision.best).toBe(Math.max(...passages.map((one) => one.scores.evidence)))
    expect(decision.threshold).toBeGreaterThan(0)
  })

  it('finds by meaning a text that shares no word', async () => {
    const store = fakeStore([chunkOf('a', river), chunkOf('b', bridge)], ({ contentId }) =>
      contentId === 'a' ? 0.9 : 0.1,
    )
    const retrieval = createRetrieval({ index: fixedIndex({ store, embedder }) })
    const { passages } = await retrieval.search('stream', { limit: 1 })
    expect(passages.map((one) => [one.contentId, one.scores.cosine])).toEqual([['a', 0.9]])
  })

  it('searches by words alone when the question has no vector', async () => {
    const store = fakeStore([chunkOf('a', river), chunkOf('b', bridge)], () => 1)
    const retrieval = createRetrieval({
      index: fixedIndex({ store, embedder: fakeEmbedder(null) }),
    })
    const { passages } = await retrieval.search('bridge', { limit: 5 })
    expect(passages.map((one) => one.contentId)).toEqual(['b'])
  })

  it('drops removed contents and near-duplicates, and still fills the limit', async () => {
    const retrieval = retrievalOver(
      chunkOf('gone', `${bridge} Bridge bridge.`),
      chunkOf('a', bridge),
      chunkOf('copy', bridge.toUpperCase()),
      chunkOf('c', market),
    )
    const { passages } = await retrieval.search('old bridge', {
      limit: 2,
      isLive: (contentId) => contentId !== 'gone',
    })
    expect(passages.map((one) => one.contentId)).toEqual(['a', 'c'])
  })

  it('joins neighbours and takes the next passage in their place', async () => {
    const page = `${bridge}\n${market}`
    const store = fakeStore([
      chunkOf('a', bridge, { ordinal: 4 }),
      chunkOf('a', market, { ordinal: 5, start: bridge.length + 1 }),
      chunkOf('b', 'A bridge of ice lies there.'),
    ])
    const readPage = (): Promise<string> => Promise.resolve(page)
    const retrieval = createRetrieval({ index: fixedIndex({ store, embedder }), readPage })
    const { passages } = await retrieval.search('old bridge market', { limit: 2 })
    expect(passages.map((one) => one.text)).toEqual([page, 'A bridge of ice lies there.'])
    expect(passages[0]).toMatchObject({ ordinals: { from: 4, to: 5 }, start: 0, end: page.length })
    const last = passages[0]?.sentences.at(-1)
    expect(page.slice(last?.start, last?.end)).toBe(market)
  })

  it('searches only in the contents it is given', async () => {
    const retrieval = retrievalOver(chunkOf('a', bridge), chunkOf('b', market))
    const { passages } = await retrieval.search('bridge', { limit: 5, contents: new Set(['b']) })
    expect(passages.map((one) => one.contentId)).toEqual(['b'])
  })

  it('finds nothing for an empty question or in an empty library', async () => {
    const empty = { passages: [], decision: { best: 0 } }
    expect(await retrievalOver(chunkOf('a', bridge)).search(' ', { limit: 5 })).toMatchObject(empty)
    expect(await retrievalOver().search('bridge', { limit: 5 })).toMatchObject(empty)
  })

  it('stops when aborted', async () => {
    const search = retrievalOver(chunkOf('a', bridge)).search('bridge', {
      limit: 1,
      signal: AbortSignal.abort(),
    })
    await expect(search).rejects.toMatchObject({ code: 'cancelled' })
  })
})
