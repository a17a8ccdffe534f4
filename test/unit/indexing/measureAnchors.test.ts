import { expect, test } from 'vitest'
import { measureAnchors } from '../../../src/main/indexing/measureAnchors.ts'
import { createRandom } from '../../../src/shared/domain/random.ts'
import { createFakeChunkStore } from '../../helpers/fakeChunkStore.ts'
import { chunkOf } from '../../helpers/retrievalFakes.ts'

const subjects = 40

/** Passages of as many subjects, each named in all of its sentences. */
async function libraryOf() {
  const store = createFakeChunkStore()
  for (let n = 0; n < subjects; n += 1) {
    const sentence = (verb: string): string =>
      `Subject ${String(n)} ${verb} something that is long.`
    const text = ['does', 'says', 'means'].map(sentence).join(' ')
    await store.add([{ ...chunkOf(`c${String(n)}`, text), vector: null }])
  }
  return store
}

/** An embedder whose vectors have this much of the subject in them, and noise. */
function embedderOf(signal: number) {
  const random = createRandom(7)
  return {
    id: 'made',
    dimensions: subjects,
    embed: (texts: readonly string[]) =>
      Promise.resolve(
        texts.map((text) => {
          const subject = Number(/Subject (\d+)/u.exec(text)?.[1])
          const values = Float32Array.from({ length: subjects }, (_, at) =>
            at === subject ? signal + random() : random(),
          )
          const length = Math.hypot(...values)
          return values.map((value) => value / length)
        }),
      ),
    dispose: () => Promise.resolve(),
  }
}

const signal = new AbortController().signal

test('an embedder that tells subjects apart has anchors', async () => {
  const anchors = await measureAnchors(
    { store: await libraryOf(), embedder: embedderOf(9) },
    signal,
  )
  expect(anchors?.kin).toBeGreaterThan((anchors?.strangers ?? 1) + 0.3)
})

test('one whose differences are chance has none: it must not decide about evidence', async () => {
  const store = await libraryOf()
  expect(await measureAnchors({ store, embedder: embedderOf(0) }, signal)).toBeNull()
})
