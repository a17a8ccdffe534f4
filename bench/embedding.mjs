// Embedding through the app against one bare transformers.js loop, same chunks, one after the other
// in processes of their own. Chunks a second; the goal is a ratio of at least 0.85.
//
//   node bench/embedding.mjs [DIRECTORY OF .txt AND .md FILES]
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { ensureBuilt } from '../scripts/ensureBuilt.mjs'
import { createRandom, createWriter, importBuilt, quantile, report } from './harness.mjs'
import { answer, isSide, runSide } from './processes.mjs'

const models = path.resolve(import.meta.dirname, '../resources/models')
const rounds = 3
const batchSizes = [8, 32]

const [first = '', directory = '', size] = process.argv.slice(2)
if (isSide) answer(await measureHere(first, directory, Number(size)))
else await main(first)

/** @param {string} directory '': texts are made up. */
function readChunks(directory) {
  if (directory === '') {
    const random = createRandom(1)
    const write = createWriter(random)
    return Array.from({ length: 2_000 }, () => write(80 + Math.floor(random() * 140)))
  }
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(txt|md)$/.test(entry.name))
    .flatMap((entry) => {
      const text = readFileSync(path.join(entry.parentPath, entry.name), 'utf8')
      return text.match(/[^]{1,1000}(?:\s|$)/g) ?? []
    })
    .filter((chunk) => /[a-z]/i.test(chunk))
    .slice(0, 4_000)
}

/**
 * @param {string} side
 * @param {string} directory
 * @param {number} batchSize Of the bare loop.
 * @returns chunks a second, with the model loaded beforehand.
 */
async function measureHere(side, directory, batchSize) {
  const chunks = readChunks(directory)
  const run = side === 'bare' ? await createBare(batchSize) : await createApp()
  await run(chunks.slice(0, 50))
  const started = performance.now()
  await run(chunks)
  return (chunks.length * 1000) / (performance.now() - started)
}

/** @param {number} batchSize */
async function createBare(batchSize) {
  const { env, pipeline } = await import('@huggingface/transformers')
  env.allowRemoteModels = false
  env.localModelPath = models
  const extract = await pipeline('feature-extraction', 'penknife-embed', { dtype: 'fp32' })
  return async (/** @type {readonly string[]} */ chunks) => {
    const sorted = [...chunks].sort((a, b) => a.length - b.length)
    for (let from = 0; from < sorted.length; from += batchSize) {
      const batch = sorted.slice(from, from + batchSize)
      await extract(batch, { pooling: 'mean', normalize: true })
    }
  }
}

async function createApp() {
  /**
   * @typedef {typeof import('../src/main/embedding/embedderProfile.ts') &
   *   typeof import('../src/main/embedding/hostEmbedder.ts') &
   *   typeof import('../src/main/processes/forkedHost.ts')} Built
   */
  const { bundledEmbedder, createForkedHosts, createHostEmbedder } = /** @type {Built} */ (
    await importBuilt([
      'src/main/embedding/embedderProfile.ts',
      'src/main/embedding/hostEmbedder.ts',
      'src/main/processes/forkedHost.ts',
    ])
  )
  const start = createForkedHosts(path.resolve(import.meta.dirname, '../out/main'))
  const profile = bundledEmbedder(path.join(models, 'penknife-embed'))
  const embedder = createHostEmbedder({ start, profile })
  return (/** @type {readonly string[]} */ chunks) => embedder.embed(chunks, 'passage')
}

/** @param {readonly string[]} args */
async function measure(...args) {
  return Number(await runSide(import.meta.filename, args))
}

/** @param {string} directory */
async function main(directory) {
  ensureBuilt()
  const ratios = /** @type {number[]} */ ([])
  let best = { app: 0, bare: 0 }
  for (let round = 0; round < rounds; round++) {
    const app = await measure('app', directory)
    const bare = /** @type {number[]} */ ([])
    for (const size of batchSizes) bare.push(await measure('bare', directory, String(size)))
    ratios.push(app / Math.max(...bare))
    best = { app: Math.max(best.app, app), bare: Math.max(best.bare, ...bare) }
  }
  await report('embedding', [
    ['through the app, chunks/s (best round)', best.app.toFixed(0)],
    ['bare transformers.js, chunks/s (best round)', best.bare.toFixed(0)],
    ['ratio (median of rounds)', quantile(ratios, 0.5).toFixed(2)],
  ])
}
