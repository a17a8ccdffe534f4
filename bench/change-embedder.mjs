// Another embedder takes over a library: how long it takes, and what searches notice of it. The other
// one is of BERT's shape and small (see test/helpers/bertModel.ts), so that what is measured is the
// app; a real one adds its own time. Goals: no search fails, the event loop's p99 stays below 30 ms.
//
//   node bench/change-embedder.mjs [PASSAGES]
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { buildApp, openApp } from './app.mjs'
import { watchEventLoop } from './eventLoop.mjs'
import { importModules, quantile, report, syllables } from './harness.mjs'
import { makeLibrary, write } from './madeLibrary.mjs'
import { answer, isSide, runSide } from './processes.mjs'

/** @import { ModelCatalogue } from '../src/shared/domain/modelCatalogue.ts' */
/** @import { Row } from './harness.mjs' */

const bert = ['test/helpers/bertModel.ts']
const facts = { dimensions: 384, maxTokens: 512 }
const id = 'bench-bert'
const rounds = 100
/** Milliseconds between searches while the index is built: those of a busy person. */
const pauseMs = 100

const [first = '10000', root = '', passages] = process.argv.slice(2)
if (!isSide) await main(first)
else if (first === 'make') answer(await make(root, Number(passages)))
else answer(await change(root))

/** @param {string} passages How many; a number. */
async function main(passages) {
  await buildApp(bert)
  const root = mkdtempSync(path.join(os.tmpdir(), 'penknife-bench-'))
  try {
    await runSide(import.meta.filename, ['make', root, passages])
    const rows = /** @type {Row[]} */ (await runSide(import.meta.filename, ['change', root]))
    await report('change-embedder', [['passages', passages], ...rows])
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}

/**
 * @param {string} root
 * @param {number} passages
 */
async function make(root, passages) {
  await makeLibrary(path.join(root, 'data'), passages)
  const { writeBertModel } = /** @type {typeof import('../test/helpers/bertModel.ts')} */ (
    await importModules(bert)
  )
  const model = path.join(root, 'data', 'models', id)
  const words = syllables.flatMap((one) => [one, `##${one}`])
  await writeBertModel(model, { ...facts, words })
  const installed = { id, role: 'passages', origin: 'downloaded', name: id, file: model }
  const list = path.join(root, 'data', 'models', 'models.json')
  writeFileSync(list, JSON.stringify({ version: 1, models: [installed] }))
  makeResources(path.join(root, 'resources'))
  return null
}

/**
 * Makes resources like the project's own, with the other embedder in the catalogue.
 *
 * @param {string} directory
 */
function makeResources(directory) {
  mkdirSync(directory)
  for (const name of ['models', 'sample', 'templates']) {
    symlinkSync(path.resolve('resources', name), path.join(directory, name))
  }
  /** @type {ModelCatalogue} */
  const { version, models } = JSON.parse(readFileSync('resources/catalogue.json', 'utf8'))
  const like = models.find(({ embedding }) => embedding !== null)
  const other = { ...like, id, name: id, embedding: { ...like?.embedding, ...facts } }
  const catalogue = { version, models: [...models, other] }
  writeFileSync(path.join(directory, 'catalogue.json'), JSON.stringify(catalogue))
}

/**
 * @param {string} root
 * @returns {Promise<Row[]>}
 */
async function change(root) {
  const { app } = await openApp(path.join(root, 'data'), {}, path.join(root, 'resources'))
  const idle = /** @type {number[]} */ ([])
  const delaysBefore = await watchEventLoop(async () => {
    for (let round = 0; round < rounds; round += 1) {
      idle.push(await search(app))
      await delay(pauseMs)
    }
  })
  const during = /** @type {number[]} */ ([])
  let failed = 0
  let building = true
  const searching = async () => {
    while (building) {
      try {
        during.push(await search(app))
      } catch {
        failed += 1
      }
      await delay(pauseMs)
    }
  }
  const started = performance.now()
  const delays = await watchEventLoop(async () => {
    await app.indexing.useEmbedder(id)
    const searches = searching()
    await app.indexing.idle()
    building = false
    await searches
  })
  const seconds = (performance.now() - started) / 1_000
  const { embedder, passages, rebuild } = await app.indexing.state()
  if (embedder.id !== id) throw new Error(`Not changed: ${JSON.stringify(rebuild)}`)
  await app.dispose()
  return [
    ['searches before: p50, p95 in ms', both(idle.slice(10))],
    ['event loop before: p50, p99, longest in ms', delaysBefore],
    ['until the other one answered, s', seconds.toFixed(1)],
    ['passages of the other one', passages],
    ['searches meanwhile, of which failed', `${during.length}, ${failed}`],
    ['searches meanwhile: p50, p95 in ms', both(during)],
    ['event loop meanwhile: p50, p99, longest in ms', delays],
  ]
}

/**
 * @param {import('../src/main/app.ts').App} app
 * @returns milliseconds of a whole search, as a question makes it.
 */
async function search({ retrieval }) {
  const began = performance.now()
  await retrieval.search(write(8), { limit: 8 })
  return performance.now() - began
}

/** @param {readonly number[]} times */
function both(times) {
  return [quantile(times, 0.5), quantile(times, 0.95)].map((ms) => ms.toFixed(1)).join(', ')
}
