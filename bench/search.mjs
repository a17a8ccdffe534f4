// Search over many chunks: words, vectors, and both at once, on a warm index. Goal for 100,000
// chunks on 2 idle cores: both within 60 ms at p95.
//
//   node bench/search.mjs [CHUNKS]
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { createRandom, createWriter, importBuilt, quantile, report } from './harness.mjs'

const total = Number(process.argv[2] ?? 100_000)
const dimensions = 256
const perContent = 20
const random = createRandom(42)
const write = createWriter(random)

function unitVector() {
  const vector = Float32Array.from(
    { length: dimensions },
    () => random() + random() + random() - 1.5,
  )
  const norm = Math.hypot(...vector)
  return vector.map((value) => value / norm)
}

function chunk(index) {
  const content = `c${String(Math.floor(index / perContent))}`
  const ordinal = index % perContent
  const text = write(150)
  const place = { page: 1, start: 0, end: text.length, heading: write(2), tokens: 200 }
  return {
    id: `${content}:${String(ordinal)}`,
    content,
    ordinal,
    ...place,
    text,
    vector: unitVector(),
  }
}

const { openVectorStore } = await importBuilt(['src/main/retrieval/vectorStore.ts'])
const directory = mkdtempSync(path.join(os.tmpdir(), 'penknife-bench-'))
try {
  const store = await openVectorStore({ directory, dimensions })
  let addMs = 0
  for (let from = 0; from < total; from += 1_000) {
    const count = Math.min(1_000, total - from)
    const chunks = Array.from({ length: count }, (_, index) => chunk(from + index))
    const started = performance.now()
    await store.add(chunks)
    addMs += performance.now() - started
  }
  const started = performance.now()
  await store.optimize()
  const rows = [
    ['chunks', String(total)],
    ['adding, s (folding included)', (addMs / 1000).toFixed(1)],
    ['last optimize, s', ((performance.now() - started) / 1000).toFixed(1)],
  ]
  const scope = new Set(Array.from({ length: 10 }, (_, index) => `c${String(index * 3)}`))
  const searches = {
    words: (q, limits) => store.searchFullText(q, limits),
    vectors: (_, limits, v) => store.searchVector(v, limits),
    both: (q, limits, v) =>
      Promise.all([store.searchFullText(q, limits), store.searchVector(v, limits)]),
    'both, 10 documents': (q, limits, v) => {
      const scoped = { ...limits, contents: scope }
      return Promise.all([store.searchFullText(q, scoped), store.searchVector(v, scoped)])
    },
  }
  for (const [name, search] of Object.entries(searches)) {
    const times = []
    for (let round = 0; round < 110; round++) {
      const [question, vector] = [write(8), unitVector()]
      const began = performance.now()
      await search(question, { limit: 50 }, vector)
      if (round >= 10) times.push(performance.now() - began)
    }
    const [p50, p95] = [quantile(times, 0.5), quantile(times, 0.95)]
    rows.push([`${name}: p50, p95 in ms`, `${p50.toFixed(1)}, ${p95.toFixed(1)}`])
  }
  rows.push(['memory of the process, MiB', String(process.memoryUsage().rss >> 20)])
  report('search', rows)
  await store.close()
} finally {
  rmSync(directory, { recursive: true, force: true })
}
