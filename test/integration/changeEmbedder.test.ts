import { readdir, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import type { App } from '../../src/main/app.ts'
import { createForkedHosts } from '../../src/main/processes/forkedHost.ts'
import type { StartHost } from '../../src/main/processes/hostProcess.ts'
import {
  createEmbedderBench,
  exchangeWeights,
  otherDimensions,
  otherEmbedder,
  otherMaxTokens,
  type EmbedderBench,
} from '../helpers/embedderBench.ts'

const subjects = ['heron', 'ferry', 'glacier', 'lantern', 'orchard', 'harbour', 'violin', 'tunnel']
const words = [...subjects, 'the', 'is', 'in', 'of', 'was', 'seen', 'again', 'today', 'river']

/** A document of some passages, each of which is about its subject. */
function textAbout(subject: string, number: number): string {
  const paragraphs = Array.from({ length: 6 }, (_, part) =>
    Array.from(
      { length: 12 },
      (__, n) =>
        `The ${subject} of place ${String(number)} was seen in week ${String(part * 12 + n)}.`,
    ).join(' '),
  )
  return [`# About the ${subject}`, ...paragraphs].join('\n\n')
}

function texts(count: number): Record<string, string> {
  return Object.fromEntries(
    Array.from({ length: count }, (_, n) => {
      const subject = subjects[n % subjects.length] ?? 'heron'
      return [`${subject}-${String(n)}.md`, textAbout(subject, n)]
    }),
  )
}

async function bench(documents = 12): Promise<{ bench: EmbedderBench; app: App }> {
  const made = await createEmbedderBench(words)
  const app = await made.open()
  await made.importTexts(app, texts(documents))
  return { bench: made, app }
}

async function indexFolders({ dataDir }: EmbedderBench): Promise<readonly string[]> {
  const entries = await readdir(path.join(dataDir, 'index'), { withFileTypes: true })
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name)
}

/** The index in use is complete, agrees with the ledger, and every passage is a range of its page. */
async function expectWhole({ library, index }: App): Promise<void> {
  await index.use(async ({ store, embedder }) => {
    const contents = await store.contents()
    for (const row of library.list().documents) {
      if (row.contentId === null) continue
      expect(contents.get(row.contentId), row.name).toBe(row.chunks)
      const passages = await library.passages(row.id)
      expect(passages).toHaveLength(row.chunks)
      const { pages } = await library.pages(row.id, 1, 1)
      for await (const batch of store.scan()) {
        for (const chunk of batch.filter(({ contentId }) => contentId === row.contentId)) {
          expect(pages[0]?.text.slice(chunk.start, chunk.end)).toBe(chunk.text)
        }
      }
    }
    const [vector] = await embedder.embed(['heron'], 'query')
    expect(vector).toHaveLength(embedder.dimensions)
  })
}

test('another embedder takes over while searches continue, and the old index is removed', async () => {
  const { bench: one, app } = await bench()
  const [before] = await indexFolders(one)
  const passagesBefore = await app.index.current().store.count()

  const firstIndex = app.index.current().id
  const search = { goesOn: true }
  let searches = 0
  const found = (async () => {
    while (search.goesOn) {
      const subject = subjects[searches % subjects.length] ?? ''
      const { passages } = await app.retrieval.search(`Where was the ${subject} seen?`, {
        limit: 5,
      })
      expect(passages.length).toBeGreaterThan(0)
      // The other embedder's vectors have no meaning, and so neither has the order that they give.
      if (app.index.current().id === firstIndex) expect(passages[0]?.text).toContain(subject)
      searches += 1
      await delay(5)
    }
  })()
  const states: string[] = []
  app.indexing.onState(({ rebuild, embedder }) => {
    states.push(rebuild === null ? embedder.id : rebuild.state.status)
  })
  await app.indexing.useEmbedder(otherEmbedder)
  expect((await app.indexing.state()).rebuild).toMatchObject({
    embedder: { id: otherEmbedder, name: 'Small BERT' },
    state: { status: 'building', total: 12 },
  })
  await app.indexing.idle()
  search.goesOn = false
  await found
  expect(searches).toBeGreaterThan(3)

  expect(await app.indexing.state()).toMatchObject({
    embedder: { id: otherEmbedder, name: 'Small BERT', dimensions: otherDimensions },
    rebuild: null,
  })
  expect(app.index.current().embedder.dimensions).toBe(otherDimensions)
  // Cut again: this embedder reads much less at once.
  expect(await app.index.current().store.count()).toBeGreaterThan(2 * passagesBefore)
  for await (const batch of app.index.current().store.scan()) {
    for (const { tokens } of batch) expect(tokens).toBeLessThan(otherMaxTokens)
  }
  await expectWhole(app)
  const info = await app.handlers.settings.info(undefined, { signal: new AbortController().signal })
  expect(info.embedder).toEqual({ id: otherEmbedder, dimensions: otherDimensions })
  const models = await app.modelActions.installed.list()
  expect(models.filter(({ role, inUse }) => role === 'passages' && inUse)).toMatchObject([
    { id: otherEmbedder, problem: null },
  ])
  await expect(app.modelActions.installed.remove(otherEmbedder)).rejects.toMatchObject({
    code: 'invalid-input',
  })

  await app.dispose()
  const after = await indexFolders(one)
  expect(after).toHaveLength(1)
  expect(after).not.toContain(before)
  const texts = path.join(one.dataDir, 'library', 'texts')
  for (const name of await readdir(texts)) {
    const cut = (await readdir(path.join(texts, name))).filter((file) => file.startsWith('chunks'))
    expect(cut).toEqual([`chunks-${after[0] ?? ''}.jsonl`])
  }
  expect(states).toContain('building')

  const again = await one.open()
  expect(again.index.current().embedder.dimensions).toBe(otherDimensions)
  await expectWhole(again)
  expect(again.library.list().documents.every(({ state }) => state === 'indexed')).toBe(true)
})

test('documents added, changed and removed meanwhile are searched correctly afterwards', async () => {
  const { bench: one, app } = await bench()
  await app.indexing.useEmbedder(otherEmbedder)
  const gone = app.library.resolve('heron-0.md')
  await app.library.remove([gone?.id ?? ''])
  await rm(path.join(one.documents, 'heron-0.md'))
  await one.importTexts(app, {
    'new.md': 'The lighthouse keeper plays the accordion.',
    'ferry-1.md': 'The ferry was sold to Norway.',
  })
  await app.indexing.idle()
  expect(app.index.current().embedder.dimensions).toBe(otherDimensions)
  await expectWhole(app)
  const search = async (query: string) => {
    const isLive = (contentId: string): boolean => app.library.isLive(contentId)
    const { passages } = await app.retrieval.search(query, { limit: 3, isLive })
    return passages.map(({ contentId }) => app.library.documentOf(contentId)?.name)
  }
  expect((await search('accordion of the keeper'))[0]).toBe('new.md')
  expect((await search('sold to Norway'))[0]).toBe('ferry-1.md')
  expect(await search('heron')).not.toContain('heron-0.md')

  // Documents added now are cut and embedded for the new one.
  await one.importTexts(app, { 'later.md': textAbout('zeppelin', 99) })
  expect((await search('zeppelin'))[0]).toBe('later.md')
  await expectWhole(app)
})

test('a pause lasts over a restart, and finished work is not repeated', async () => {
  const { bench: one, app } = await bench(16)
  await app.indexing.useEmbedder(otherEmbedder)
  await untilPassages(app, 1)
  await app.indexing.pause()
  const paused = (await app.indexing.state()).rebuild?.state
  expect(paused).toMatchObject({ status: 'paused', total: 16 })
  expect(app.index.current().embedder.dimensions).toBe(256)
  await app.dispose()

  const second = await one.open()
  await second.indexing.idle()
  expect((await second.indexing.state()).rebuild?.state).toEqual(paused)
  await expectWhole(second)
  await second.indexing.resume()
  await second.indexing.idle()
  expect(second.index.current().embedder.dimensions).toBe(otherDimensions)
  await expectWhole(second)
})

test('cancelling keeps the old index and removes the new one', async () => {
  const { bench: one, app } = await bench()
  const before = await indexFolders(one)
  await app.indexing.useEmbedder(otherEmbedder)
  await untilPassages(app, 1)
  await app.indexing.cancel()
  expect((await app.indexing.state()).rebuild).toBeNull()
  expect(await indexFolders(one)).toEqual(before)
  await expectWhole(app)
  // Choosing the one in use cancels too.
  await app.indexing.useEmbedder(otherEmbedder)
  await app.indexing.useEmbedder('penknife-embed')
  expect((await app.indexing.state()).rebuild).toBeNull()
  expect(await indexFolders(one)).toEqual(before)
})

async function untilPassages(app: App, passages: number): Promise<void> {
  for (;;) {
    const state = (await app.indexing.state()).rebuild?.state
    if (state?.status !== 'building') return
    if (state.passages >= passages) return
    await delay(1)
  }
}

describe('the old index stays in use', () => {
  test('when the folder of the new embedder is no model', async () => {
    const { bench: one, app } = await bench(2)
    await writeFile(path.join(one.model, 'onnx', 'model.onnx'), 'no model')
    await expect(app.indexing.useEmbedder(otherEmbedder)).rejects.toMatchObject({
      code: 'model-load-failed',
    })
    await rm(path.join(one.model, 'tokenizer.json'))
    await expect(app.indexing.useEmbedder(otherEmbedder)).rejects.toMatchObject({
      code: 'model-missing',
      message: expect.stringContaining('tokenizer.json') as string,
    })
    await expect(app.indexing.useEmbedder('penknife-tiny')).rejects.toMatchObject({
      code: 'invalid-input',
    })
    await expect(app.indexing.useEmbedder('nobody')).rejects.toMatchObject({ code: 'not-found' })
    const state = await app.indexing.state()
    expect(state).toMatchObject({ embedder: { id: 'penknife-embed' }, rebuild: null })
  })

  test('when the process of the new embedder keeps crashing', async () => {
    const one = await createEmbedderBench(words)
    let killing = false
    const fork = createForkedHosts(path.resolve('out/main'))
    // The first embedder process answers; every later one belongs to the new index.
    let embedders = 0
    const startHost: StartHost = (entry, options) => {
      const host = fork(entry, options)
      if (entry !== 'embedder.host') return host
      embedders += 1
      if (killing && embedders > 2) setTimeout(() => host.kill(), 200)
      return host
    }
    const app = await one.open({ startHost })
    await one.importTexts(app, texts(8))
    killing = true
    await app.indexing.useEmbedder(otherEmbedder)
    await app.indexing.idle()
    const { embedder, rebuild } = await app.indexing.state()
    expect(embedder.id).toBe('penknife-embed')
    expect(rebuild?.state).toMatchObject({ status: 'failed', error: { code: 'host-crashed' } })
    const { passages } = await app.retrieval.search('heron', { limit: 3 })
    expect(passages.length).toBeGreaterThan(0)
    await expectWhole(app)

    killing = false
    await app.indexing.resume()
    await app.indexing.idle()
    expect(app.index.current().embedder.dimensions).toBe(otherDimensions)
    await expectWhole(app)
  }, 120_000)

  test('when the embedder is removed before the process is restarted', async () => {
    const { bench: one, app } = await bench(8)
    await app.indexing.useEmbedder(otherEmbedder)
    await app.indexing.pause()
    await app.dispose()
    await rm(one.model, { recursive: true })
    const again = await one.open()
    await again.indexing.idle()
    expect((await again.indexing.state()).rebuild?.state).toMatchObject({
      status: 'failed',
      error: { code: 'model-missing' },
    })
    await expectWhole(again)
    await again.indexing.cancel()
    expect((await again.indexing.state()).rebuild).toBeNull()
    expect(await indexFolders(one)).toHaveLength(1)
  })
})

test('another version of the embedder in use counts as another embedder', async () => {
  const { bench: one, app } = await bench(6)
  await app.indexing.useEmbedder(otherEmbedder)
  await app.indexing.idle()
  const { id } = app.index.current()
  await app.dispose()
  await exchangeWeights(one.model, words)

  const again = await one.open()
  // No question can be embedded for the old vectors, so only full text is searched.
  expect(again.index.current().id).toBe(id)
  const { passages } = await again.retrieval.search('the heron', { limit: 3 })
  expect(passages[0]?.scores.cosine).toBeNull()
  expect(passages[0]?.text).toContain('heron')
  await again.indexing.idle()
  expect(again.index.current().id).not.toBe(id)
  await expectWhole(again)
  const now = await again.retrieval.search('the heron', { limit: 3 })
  expect(now.passages[0]?.scores.cosine).not.toBeNull()
  await again.dispose()
  expect(await indexFolders(one)).toHaveLength(1)
})

test('a missing embedder is replaced by the bundled one', async () => {
  const { bench: one, app } = await bench(4)
  await app.indexing.useEmbedder(otherEmbedder)
  await app.indexing.idle()
  await app.dispose()
  await rm(one.model, { recursive: true })
  const again = await one.open()
  const info = await again.handlers.settings.info(undefined, {
    signal: new AbortController().signal,
  })
  expect(info.notices.join()).toContain('by their words alone')
  await again.indexing.idle()
  expect(again.index.current().embedder.dimensions).toBe(256)
  await expectWhole(again)
})
