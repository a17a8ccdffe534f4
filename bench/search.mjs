// Search in a large library, which a process of its own has made before: times on a warm index, and
// the memory of a process that merely opens it, with its embedder. Goals for 100,000 passages on two
// idle cores: words and vectors together within 60 ms at p95, and less than 1 GB. Last, the event
// loop while texts are imported into it.
//
//   node bench/search.mjs [PASSAGES]
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { buildApp, openApp } from './app.mjs'
import { watchEventLoop } from './eventLoop.mjs'
import { quantile, report } from './harness.mjs'
import { contentOf, makeLibrary, unitVector, write } from './madeLibrary.mjs'
import { answer, isSide, memoryOf, runSide } from './processes.mjs'

/** @import { App } from '../src/main/app.ts' */
/** @import { SearchLimits } from '../src/main/retrieval/chunkStore.ts' */
/** @import { Row } from './harness.mjs' */
/** @typedef {(question: string, vector: Float32Array) => Promise<unknown>} Search */

const rounds = 100
const roundsBefore = 10
const found = 50
const importedFiles = 40

const [first = '100000', directory = '', count] = process.argv.slice(2)
if (!isSide) await main(first)
else if (first === 'make') answer(await makeLibrary(directory, Number(count)))
else answer(await openAndSearch(directory))

/** @param {string} passages How many; a number. */
async function main(passages) {
  await buildApp()
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'penknife-bench-'))
  try {
    const made = /** @type {Awaited<ReturnType<typeof makeLibrary>>} */ (
      await runSide(import.meta.filename, ['make', dataDir, passages])
    )
    const rows = /** @type {Row[]} */ (await runSide(import.meta.filename, ['open', dataDir]))
    await report('search', [
      ['passages', passages],
      ['adding them, s (folding included)', (made.addMs / 1000).toFixed(1)],
      ['last optimize, s', (made.optimizeMs / 1000).toFixed(1)],
      ...rows,
    ])
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
}

/** @param {string} dataDir */
async function openAndSearch(dataDir) {
  const started = performance.now()
  const { app, helpers } = await openApp(dataDir)
  /** @type {Row[]} */
  const rows = [['opening, s', ((performance.now() - started) / 1000).toFixed(1)]]
  const memory = (/** @type {string} */ when) => {
    const embedder = helpers.get('embedder.host')
    const parts = [process.pid, ...(embedder === undefined ? [] : [embedder])].map(memoryOf)
    rows.push([`memory of main, of embedder, MiB, ${when}`, parts.join(', ')])
  }
  memory('opened')
  for (const [name, search] of Object.entries(searchesOf(app))) {
    rows.push([`${name}: p50, p95 in ms`, await timesOf(search)])
  }
  memory('searched')
  rows.push([
    `event loop, ${importedFiles} files imported: p50, p99, longest in ms`,
    await watchEventLoop(() => importInto(app, path.join(dataDir, 'more'))),
  ])
  memory('imported')
  await app.dispose()
  return rows
}

/**
 * @param {App} app
 * @returns {Readonly<Record<string, Search>>}
 */
function searchesOf({ index, retrieval }) {
  const { store } = index.current()
  const scope = new Set(Array.from({ length: 10 }, (_, index) => contentOf(index * 3)))
  /**
   * @param {string} question
   * @param {Float32Array} vector
   * @param {SearchLimits} limits
   */
  const both = (question, vector, limits) =>
    Promise.all([store.searchFullText(question, limits), store.searchVector(vector, limits)])
  return {
    words: (question) => store.searchFullText(question, { limit: found }),
    vectors: (_, vector) => store.searchVector(vector, { limit: found }),
    both: (question, vector) => both(question, vector, { limit: found }),
    'both, 10 documents': (question, vector) =>
      both(question, vector, { limit: found, contents: scope }),
    'a whole search, as a question makes it': (question) =>
      retrieval.search(question, { limit: 8 }),
  }
}

/**
 * @param {Search} search
 * @returns p50 and p95 in ms, by questions that are all new.
 */
async function timesOf(search) {
  const times = /** @type {number[]} */ ([])
  for (let round = 0; round < roundsBefore + rounds; round += 1) {
    const question = write(8)
    const vector = unitVector()
    const began = performance.now()
    await search(question, vector)
    if (round >= roundsBefore) times.push(performance.now() - began)
  }
  return [quantile(times, 0.5), quantile(times, 0.95)].map((ms) => ms.toFixed(1)).join(', ')
}

/**
 * @param {App} app
 * @param {string} directory
 */
async function importInto({ library }, directory) {
  mkdirSync(directory)
  for (let file = 0; file < importedFiles; file += 1) {
    const text = Array.from({ length: 100 }, () => `${write(12)}.`).join(' ')
    writeFileSync(path.join(directory, `${String(file)}.txt`), text)
  }
  await library.import([{ path: directory }], null)
  await library.idle()
}
