import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createHostEmbedder } from '../../src/main/embedding/hostEmbedder.ts'
import type { EmbedderProfile } from '../../src/main/embedding/host/embedderContract.ts'
import { createForkedHosts } from '../../src/main/processes/forkedHost.ts'
import { createTokenCounter } from '../../src/main/parsing/host/tokenCounter.ts'
import { writeBertModel, type BertModel } from '../helpers/bertModel.ts'
import { createTempDir } from '../helpers/tempDir.ts'

const maxTokens = 16
const words = ['the', 'heron', 'waits', 'by', 'a', 'cold', 'river', 'query', 'passage']
const start = createForkedHosts(path.resolve('out/main'))

let root: string
let directory: string
let model: BertModel
let profile: EmbedderProfile

beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'penknife-bert-'))
  directory = path.join(root, 'small-bert')
  model = await writeBertModel(directory, { dimensions: 12, maxTokens, words })
  profile = {
    id: 'small-bert',
    dir: directory,
    weights: 'model',
    dimensions: 12,
    pooling: 'mean',
    normalize: true,
    queryPrefix: '',
    passagePrefix: '',
    maxTokens,
  }
})

const embedders: { dispose(): Promise<void> }[] = []
afterAll(async () => {
  await Promise.all(embedders.map((one) => one.dispose()))
  await rm(root, { recursive: true, force: true })
})

function embedderWith(change: Partial<EmbedderProfile>) {
  const embedder = createHostEmbedder({ start, profile: { ...profile, ...change }, threads: 1 })
  embedders.push(embedder)
  return embedder
}

/** Ids of words that are in the vocabulary, between its special tokens. */
function idsOf(text: string): readonly number[] {
  const pieces = ['[CLS]', ...text.split(' ').filter((word) => word !== ''), '[SEP]']
  return pieces.map((piece) => {
    const id = model.vocabulary.get(piece)
    if (id === undefined) throw new Error(`Not in the vocabulary: ${piece}`)
    return id
  })
}

/** The expected vector of one text, computed with plain loops. */
function hiddenOf(ids: readonly number[]): number[][] {
  const { dimensions: size, wordRows, typeRows, positionRows } = model
  const x = ids.map((id, place) =>
    Array.from(
      { length: size },
      (_, i) =>
        (wordRows[id * size + i] ?? NaN) +
        (typeRows[i] ?? NaN) +
        (positionRows[place * size + i] ?? NaN),
    ),
  )
  const dot = (a: readonly number[], b: readonly number[]): number =>
    a.reduce((sum, value, i) => sum + value * (b[i] ?? NaN), 0)
  return x.map((own) => {
    const powers = x.map((other) => Math.exp(dot(own, other) / Math.sqrt(size)))
    const total = powers.reduce((sum, one) => sum + one, 0)
    return own.map(
      (value, i) =>
        value + x.reduce((sum, other, j) => sum + ((powers[j] ?? 0) / total) * (other[i] ?? 0), 0),
    )
  })
}

function meanOf(rows: readonly (readonly number[])[]): number[] {
  const [first = []] = rows
  return first.map((_, i) => rows.reduce((sum, row) => sum + (row[i] ?? 0), 0) / rows.length)
}

function unit(vector: readonly number[]): number[] {
  const length = Math.hypot(...vector)
  return vector.map((value) => value / length)
}

function expectNear(actual: Float32Array | null | undefined, expected: readonly number[]): void {
  expect(actual).toHaveLength(expected.length)
  for (const [i, value] of expected.entries()) expect(actual?.[i]).toBeCloseTo(value, 4)
}

const texts = ['the heron waits', 'a cold river', 'the heron waits by a cold river the heron']

describe('a BERT model', () => {
  test('returns the mean of its token vectors, of unit length', async () => {
    const vectors = await embedderWith({}).embed(texts, 'passage')
    for (const [index, text] of texts.entries()) {
      expectNear(vectors[index], unit(meanOf(hiddenOf(idsOf(text)))))
    }
  })

  test('returns the vector of its first token for CLS pooling', async () => {
    const vectors = await embedderWith({ pooling: 'cls' }).embed(texts, 'passage')
    for (const [index, text] of texts.entries()) {
      expectNear(vectors[index], unit(hiddenOf(idsOf(text))[0] ?? []))
    }
  })

  test('keeps the length of vectors that are not to be normalised', async () => {
    const [vector] = await embedderWith({ normalize: false }).embed(['a cold river'], 'passage')
    const expected = meanOf(hiddenOf(idsOf('a cold river')))
    expectNear(vector, expected)
    expect(Math.hypot(...expected)).not.toBeCloseTo(1, 2)
  })

  test('puts the right prefix before questions and passages', async () => {
    const embedder = embedderWith({ queryPrefix: 'query ', passagePrefix: 'passage ' })
    const [asked] = await embedder.embed(['heron'], 'query')
    const [stored] = await embedder.embed(['heron'], 'passage')
    expectNear(asked, unit(meanOf(hiddenOf(idsOf('query heron')))))
    expectNear(stored, unit(meanOf(hiddenOf(idsOf('passage heron')))))
  })

  test('reads quantised weights from their file', async () => {
    const dir = path.join(await createTempDir(), 'quantised')
    await writeBertModel(dir, { dimensions: 12, maxTokens, words, weights: 'model_quantized' })
    const embedder = embedderWith({ dir, weights: 'model_quantized' })
    const [vector] = await embedder.embed(['a cold river'], 'passage')
    expectNear(vector, unit(meanOf(hiddenOf(idsOf('a cold river')))))
  })

  test('reads a text above its maximum length in parts, to the end', async () => {
    const text = Array.from({ length: 31 }, (_, n) => words[n % 7]).join(' ')
    const embedder = embedderWith({ passagePrefix: 'passage ' })
    const [vector] = await embedder.embed([text], 'passage')
    // 13 words fit with two special tokens and the prefix: three parts of 11, 11 and 9.
    const all = text.split(' ')
    const parts = [all.slice(0, 11), all.slice(11, 22), all.slice(22)].map((part) =>
      idsOf(`passage ${part.join(' ')}`),
    )
    const weighed = parts.map((ids) =>
      unit(meanOf(hiddenOf(ids))).map((value) => value * ids.length),
    )
    expectNear(vector, unit(meanOf(weighed)))
    const [other] = await embedder.embed([text.replace(/\S+$/, 'query')], 'passage')
    expect(other).not.toEqual(vector)
  })

  test('measures passages in its own tokens', async () => {
    const count = await createTokenCounter(directory)
    expect(count('the heron waits')).toBe(3)
    // The word is not in the vocabulary: one token per letter.
    expect(count('the zebra')).toBe(6)
  })

  test('is refused if its vectors have other dimensions than stated', async () => {
    const embedder = embedderWith({ dimensions: 24 })
    await expect(embedder.embed(['heron'], 'query')).rejects.toMatchObject({
      code: 'model-load-failed',
      message: expect.stringContaining('12 values where 24') as string,
    })
  })
})
