import { mkdir, readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { AutoTokenizer, env } from '@huggingface/transformers'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bundledEmbedder } from '../../src/main/embedding/embedderProfile.ts'
import type { Embedder } from '../../src/main/embedding/embedder.ts'
import { createHostEmbedder } from '../../src/main/embedding/hostEmbedder.ts'
import { createForkedHosts } from '../../src/main/processes/forkedHost.ts'
import { loadEmbeddingModel } from '../../src/main/embedding/host/embeddingModel.ts'
import { createWordTokenizer } from '../../src/main/embedding/tokens/wordTokenizer.ts'
import { openTokenizer } from '../../src/main/embedding/tokens/openTokenizer.ts'
import { createTokenCounter } from '../../src/main/parsing/host/tokenCounter.ts'
import type { HostProcess, StartHost } from '../../src/main/processes/hostProcess.ts'
import { createTempDir } from '../helpers/tempDir.ts'

const modelDir = path.resolve('resources/models/penknife-embed')
const profile = bundledEmbedder(modelDir)
const started: HostProcess[] = []
const fork = createForkedHosts(path.resolve('out/main'))
const start: StartHost = (entry, options) => {
  const host = fork(entry, options)
  started.push(host)
  return host
}

let embedder: Embedder
beforeAll(() => {
  embedder = createHostEmbedder({ start, profile, threads: 1 })
})
afterAll(() => embedder.dispose())

async function vectorOf(text: string): Promise<Float32Array> {
  const [vector] = await embedder.embed([text], 'passage')
  if (vector === undefined || vector === null) throw new Error(`No vector: ${text}`)
  return vector
}

function cosine(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0)
}

describe('the bundled model in its process', () => {
  test('vectors have unit length, and similar meanings are close', async () => {
    const [pay, wage, whale] = await Promise.all([
      vectorOf('How much salary do employees get?'),
      vectorOf('The wages of workers rose.'),
      vectorOf('The whale swam under the ship.'),
    ])
    expect(pay).toHaveLength(256)
    expect(cosine(pay, pay)).toBeCloseTo(1, 5)
    expect(cosine(pay, wage)).toBeGreaterThan(cosine(pay, whale) + 0.1)
  })

  test('a text has the same vector alone and in any batch', async () => {
    const words = ['ledger', 'heron', 'Ångström', 'the', 'x1', '(glacier)', '日本', 'naïve']
    const texts = Array.from({ length: 300 }, (_, index) =>
      Array.from({ length: (index * 7) % 90 }, (__, n) => words[(index * n + n) % 8]).join(' '),
    )
    const together = await embedder.embed(texts, 'passage')
    for (const index of [1, 2, 50, 123, 299]) {
      expect(together[index]).toEqual(await vectorOf(texts[index] ?? ''))
    }
  })

  test.each(['', ' \n\t', '漢字', '\u{1f600}', '\u0000'])('%j has no vector', async (text) => {
    expect(await embedder.embed([text, 'heron'], 'passage')).toEqual([
      null,
      await vectorOf('heron'),
    ])
  })

  test('a killed process is replaced and its texts are still embedded', async () => {
    const before = await vectorOf('heron')
    const pid = started.at(-1)?.pid ?? 0
    const many = embedder.embed(
      Array.from({ length: 3_000 }, (_, n) => `heron ${n} waits`),
      'passage',
    )
    process.kill(pid, 'SIGKILL')
    expect((await many).every((vector) => vector !== null)).toBe(true)
    expect(started.at(-1)?.pid).not.toBe(pid)
    expect(await vectorOf('heron')).toEqual(before)
  })

  test('a folder without a model is an error that says so', async () => {
    const dir = path.join(await createTempDir(), 'none')
    await mkdir(dir)
    const broken = createHostEmbedder({ start, profile: { ...profile, dir } })
    await expect(broken.embed(['a'], 'query')).rejects.toMatchObject({ code: 'model-load-failed' })
    await broken.dispose()
  })

  test.runIf(process.platform === 'linux')(
    'the process writes nothing below the home folder',
    async () => {
      const home = await createTempDir()
      const homeBefore = process.env.HOME
      process.env.HOME = home
      try {
        const own = createHostEmbedder({ start, profile })
        await own.embed(['heron'], 'passage')
        await own.dispose()
      } finally {
        process.env.HOME = homeBefore
      }
      expect(await readdir(home)).toEqual([])
    },
  )
})

test('a word of accents is no more than other text', async () => {
  const text = `a${'\u0301'.repeat(200_000)}`
  expect(await embedder.embed([text, 'heron'], 'query')).toMatchObject([expect.anything(), {}])
  const count = await createTokenCounter(modelDir)
  expect(count(text)).toBeGreaterThan(0)
})

describe('shortcuts change nothing', () => {
  async function tokenizers() {
    env.allowRemoteModels = false
    env.localModelPath = path.dirname(modelDir)
    const full = await AutoTokenizer.from_pretrained('penknife-embed', { local_files_only: true })
    const words = createWordTokenizer(await openTokenizer(modelDir))
    if (words === undefined) throw new Error('The bundled tokenizer is not split by words')
    return { full: (text: string): number[] => full.encode(text), words }
  }

  test('words split one by one give the tokens of the whole text', async () => {
    const { full, words } = await tokenizers()
    const card = await readFile(path.join(modelDir, 'README.md'), 'utf8')
    for (const line of card.split('\n')) expect(words(line)).toEqual(full(line))
    const odd = fc.string({
      unit: fc.oneof(
        {
          weight: 3,
          arbitrary: fc.constantFrom(...Array.from(' aeinstTHEx.,-\'"▁\t\n\u00a0\u3000¨ﬁİßΣς')),
        },
        { weight: 1, arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }) },
        // Runs of characters that the vocabulary lacks.
        { weight: 1, arbitrary: fc.constantFrom('漢字', '中', 'ก', '漢xx') },
      ),
      maxLength: 60,
    })
    fc.assert(
      fc.property(odd, (text) => {
        expect(words(text)).toEqual(full(text))
      }),
      { numRuns: 1_000 },
    )
  })

  test('a looked-up vector is the mean of the vectors of its tokens', async () => {
    const { pipeline } = await import('@huggingface/transformers')
    env.localModelPath = path.dirname(modelDir)
    const extract = await pipeline('feature-extraction', 'penknife-embed', { dtype: 'fp32' })
    const model = await loadEmbeddingModel(profile, 1)
    const texts = ['The heron waits.', 'Glaciers carve valleys, slowly; naïve Ångström 42']
    const { vectors } = await model.embed(texts, 'passage')
    for (const [index, text] of texts.entries()) {
      const pooled: { data: unknown } = await extract(text, { pooling: 'mean', normalize: true })
      const own = vectors.subarray(index * 256, (index + 1) * 256)
      expect(cosine(own, pooled.data as Float32Array)).toBeCloseTo(1, 5)
    }
    await extract.dispose()
    await model.dispose()
  })
})
