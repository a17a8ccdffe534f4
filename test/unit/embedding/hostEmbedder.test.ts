import { expect, test } from 'vitest'
import { bundledEmbedder } from '../../../src/main/embedding/embedderProfile.ts'
import { createHostEmbedder } from '../../../src/main/embedding/hostEmbedder.ts'
import { embedderContract } from '../../../src/main/embedding/host/embedderContract.ts'
import { createFakeHosts } from '../../helpers/fakeHost.ts'

const profile = { ...bundledEmbedder('/models/x'), dimensions: 2 }

interface Behaviour {
  /** Texts that end the process. */
  readonly poison?: RegExp
  readonly onBatch?: ((texts: readonly string[]) => void) | undefined
  readonly crashOnLoad?: boolean
  /** Batches of passages wait for it. */
  readonly gate?: Promise<void>
}

/** Stands for a model whose vector of a text is [its length, 1]; '' has none. */
function create({ poison, onBatch, crashOnLoad, gate }: Behaviour = {}) {
  const hosts = createFakeHosts(embedderContract, (host) => ({
    embedder: {
      load() {
        if (crashOnLoad === true) host.crash()
        return { dimensions: 2 }
      },
      async embed({ texts, purpose }) {
        onBatch?.(texts)
        if (purpose === 'passage') await gate
        if (poison !== undefined && texts.some((text) => poison.test(text))) host.crash()
        return {
          vectors: Float32Array.from(texts.flatMap((text) => [text.length, 1])),
          missing: texts.flatMap((text, index) => (text === '' ? [index] : [])),
          milliseconds: 1,
        }
      },
    },
  }))
  return { hosts, embedder: createHostEmbedder({ start: hosts.start, profile, threads: 1 }) }
}

test('vectors are in the order of the texts, null for a text without one', async () => {
  const { embedder } = create()
  const texts = Array.from({ length: 2_000 }, (_, index) => 'x'.repeat(index % 50))
  const vectors = await embedder.embed(texts, 'passage')
  expect(vectors.map((vector) => vector?.[0] ?? 0)).toEqual(texts.map((text) => text.length))
  expect(vectors[0]).toBeNull()
  expect(vectors[1]).toEqual(Float32Array.of(1, 1))
  expect(await embedder.embed([], 'query')).toEqual([])
})

test('a question overtakes passages that wait', async () => {
  const seen: string[] = []
  let open = (): void => undefined
  const gate = new Promise<void>((resolve) => (open = resolve))
  const { embedder } = create({ gate, onBatch: (texts) => seen.push(texts[0]?.slice(0, 1) ?? '') })
  const passages = Array.from({ length: 6 }, (_, index) =>
    embedder.embed([String(index).repeat(5_000)], 'passage'),
  )
  const question = embedder.embed(['question'], 'query')
  open()
  await Promise.all([question, ...passages])
  expect(seen.indexOf('q')).toBeLessThanOrEqual(2)
})

test('after one crash the batch is sent again, without an error', async () => {
  let batches = 0
  const { hosts, embedder } = create({
    onBatch: () => {
      batches += 1
      if (batches === 1) hosts.started[0]?.crash()
    },
  })
  const vectors = await embedder.embed(['a', 'bb'], 'passage')
  expect(vectors).toEqual([Float32Array.of(1, 1), Float32Array.of(2, 1)])
  expect(hosts.started).toHaveLength(2)
})

test('a text that ends the process has no vector; those beside it have theirs', async () => {
  const { embedder } = create({ poison: /poison/ })
  const vectors = await embedder.embed(['a', 'poison', 'ccc'], 'passage')
  expect(vectors).toEqual([Float32Array.of(1, 1), null, Float32Array.of(3, 1)])
}, 20_000)

test('a model that ends the process while it loads is an error, not a library without vectors', async () => {
  const { embedder } = create({ crashOnLoad: true })
  const failed = embedder.embed(['a'], 'passage')
  await expect(failed).rejects.toMatchObject({ code: 'host-crashed' })
}, 20_000)

test('cancelling rejects at once', async () => {
  const { embedder } = create({ gate: new Promise(() => undefined) })
  const controller = new AbortController()
  const embedding = embedder.embed(['a'], 'passage', controller.signal)
  setTimeout(() => {
    controller.abort()
  }, 5)
  await expect(embedding).rejects.toMatchObject({ code: 'cancelled' })
})

test('disposing ends the process and rejects waiting calls', async () => {
  const { hosts, embedder } = create({ gate: new Promise(() => undefined) })
  const embeddings = Array.from({ length: 5 }, () => embedder.embed(['a'], 'passage'))
  const settled = Promise.allSettled(embeddings)
  await new Promise((resolve) => setTimeout(resolve, 5))
  await embedder.dispose()
  expect((await settled).map(({ status }) => status)).toEqual(Array(5).fill('rejected'))
  expect(hosts.started.map(({ alive }) => alive)).toEqual([false])
  await expect(embedder.embed(['a'], 'query')).rejects.toMatchObject({ code: 'disconnected' })
})
