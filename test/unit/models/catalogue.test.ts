import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { modelCatalogue } from '../../../src/shared/domain/modelCatalogue.ts'
import {
  mirrored,
  planAddress,
  planEntry,
} from '../../../src/main/models/downloads/downloadPlan.ts'
import { estimateSpeed } from '../../../src/main/models/modelSpeed.ts'
import { estimateBytes } from '../../../src/main/models/sizeEstimate.ts'

const { models } = modelCatalogue.parse(
  JSON.parse(readFileSync('resources/catalogue.json', 'utf8')),
)

test('the catalogue fits its schema and names each model once, LLaMA 2 first', () => {
  expect(new Set(models.map(({ id }) => id)).size).toBe(models.length)
  expect(models[0]?.name).toBe('LLaMA 2 7B Chat')
  for (const { role, embedding, vocabulary, contextTokenBytes, chatFormat } of models) {
    const embeds = role === 'passages'
    expect(embedding === null).toBe(!embeds)
    expect([vocabulary, contextTokenBytes, chatFormat].every((one) => one === null)).toBe(embeds)
  }
})

test('an entry with hashes is pinned to a revision: the hash of a branch would go stale', () => {
  const verified = models.flatMap(({ files }) => files).filter(({ sha256 }) => sha256 !== null)
  expect(verified.length).toBeGreaterThan(0)
  for (const { url, sizeBytes } of verified) {
    expect(url).toMatch(/\/resolve\/[0-9a-f]{40}\//u)
    expect(sizeBytes).not.toBeNull()
  }
})

test('a missing size is estimated, close to published sizes', () => {
  for (const model of models) {
    const told = model.files.map(({ sizeBytes }) => sizeBytes)
    const about = estimateBytes(model)
    expect(about, model.id).not.toBeNull()
    if (model.role === 'passages' || told.includes(null)) continue
    const size = told.reduce<number>((sum, one) => sum + (one ?? 0), 0)
    expect(Math.abs((about ?? 0) / size - 1), model.id).toBeLessThan(0.1)
  }
  // 13,015,864,320 weights of 4.84 bits.
  expect(estimateBytes({ parameters: 13_015_864_320, quantisation: 'Q4_K_M' })).toBe(7_874_597_914)
  expect(estimateBytes({ parameters: 1, quantisation: 'Q1_X' })).toBeNull()
})

test('a mirror replaces the publisher’s host and no other', () => {
  const url = 'https://huggingface.co/a/b/resolve/main/c.gguf'
  expect(mirrored(url, 'https://mirror.example/hf/')).toBe(
    'https://mirror.example/hf/a/b/resolve/main/c.gguf',
  )
  expect(mirrored('https://huggingface.co.evil.example/x', 'https://m.example')).toBe(
    'https://huggingface.co.evil.example/x',
  )
  const [first] = models
  if (first === undefined) throw new Error('The catalogue is empty')
  expect(planEntry(first, 'http://127.0.0.1:8000').files[0]?.url).toMatch(/^http:\/\/127\.0\.0\.1/u)
})

test.each(['https://a.example/page.html', 'file:///x.gguf', 'https://a.example/..%2Fx%2F.gguf'])(
  '%s is no address of a model',
  (address) => {
    expect(() => planAddress(address)).toThrow('not the address of a GGUF file')
  },
)

test('the same file name from two hosts is two models', () => {
  const ids = ['https://a.example/M.gguf', 'https://b.example/M.gguf'].map(
    (one) => planAddress(one).id,
  )
  expect(ids[0]).toMatch(/^m-[0-9a-f]{6}$/u)
  expect(ids[0]).not.toBe(ids[1])
})

test('speed is estimated from a measured model: writing by bytes, reading by weights', () => {
  const facts = { parameters: 1_000, sizeBytes: 600 }
  const measured = {
    threads: { prefill: 2, generation: 1 },
    measured: [
      { threads: 1, prefill: 50, generation: 30 },
      { threads: 2, prefill: 90, generation: 20 },
    ],
  }
  const known = [{ facts, measured }]
  expect(estimateSpeed(facts, known)).toEqual({ reading: 90, writing: 30, measured: true })
  expect(estimateSpeed({ parameters: 2_000, sizeBytes: 1_800 }, known)).toEqual({
    reading: 45,
    writing: 10,
    measured: false,
  })
  expect(estimateSpeed({ parameters: 1e6, sizeBytes: 1e6 }, known)).toBeNull()
})
