// Embedding through the app against one bare transformers.js loop, same chunks, one after the other
// in processes of their own. Chunks a second; the goal is a ratio of at least 0.85.
//
//   node bench/embedding.mjs [DIRECTORY OF .txt AND .md FILES]
import { fork } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { ensureBuilt } from '../scripts/ensureBuilt.mjs'
import { createRandom, createWriter, importBuilt, report } from './harness.mjs'

const models = path.resolve(import.meta.dirname, '../resources/models')
const rounds = 3
const batchSizes = [8, 32]

if (process.send !== undefined) await measureHere(...process.argv.slice(2))
else await main(process.argv[2])

function readChunks(directory) {
  if (directory === undefined || directory === '') {
    const random = createRandom(1)
    const write = createWriter(random)
    return Array.from({ length: 2_000 }, () => write(80 + Math.floor(random() * 140)))
  }
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(txt|md)$/.test(entry.name))
    .flatMap((entry) => {
      const text = readFileSync(path.join(entry.parentPath ?? entry.path, entry.name), 'utf8')
      return text.match(/[^]{1,1000}(?:\s|$)/g) ?? []
    })
    .filter((chunk) => /[a-z]/i.test(chunk))
    .slice(0, 4_000)
}

/** @returns milliseconds for all chunks, the model being loaded. */
async function measureHere(side, directory, batchSize) {
  const chunks = readChunks(directory)
  const run = side === 'bare' ? await createBare(Number(batchSize)) : await createApp()
  await run(chunks.slice(0, 50))
  const started = performance.now()
  await run(chunks)
  process.send({ milliseconds: performance.now() - started, chunks: chunks.length })
  process.exit(0)
}

async function createBare(batchSize) {
  const { env, pipeline } = await import('@huggingface/transformers')
  env.allowRemoteModels = false
  env.localModelPath = models
  const extract = await pipeline('feature-extraction', 'penknife-embed', { dtype: 'fp32' })
  return async (chunks) => {
    const sorted = [...chunks].sort((a, b) => a.length - b.length)
    for (let from = 0; from < sorted.length; from += batchSize) {
      const batch = sorted.slice(from, from + batchSize)
      await extract(batch, { pooling: 'mean', normalize: true })
    }
  }
}

async function createApp() {
  const { bundledEmbedder, createForkedHosts, createHostEmbedder } = await importBuilt([
    'src/main/embedding/embedderProfile.ts',
    'src/main/embedding/hostEmbedder.ts',
    'src/main/processes/forkedHost.ts',
  ])
  const start = createForkedHosts(path.resolve(import.meta.dirname, '../out/main'))
  const profile = bundledEmbedder(path.join(models, 'penknife-embed'))
  const embedder = createHostEmbedder({ start, profile })
  return (chunks) => embedder.embed(chunks, 'passage')
}

function measure(...args) {
  return new Promise((resolve, reject) => {
    const child = fork(import.meta.filename, args)
    child.once('message', ({ milliseconds, chunks }) => resolve((chunks * 1000) / milliseconds))
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`A side ended with ${code}`)))
  })
}

async function main(directory = '') {
  ensureBuilt()
  const ratios = []
  let best = { app: 0, bare: 0 }
  for (let round = 0; round < rounds; round++) {
    const app = await measure('app', directory)
    const bare = []
    for (const size of batchSizes) bare.push(await measure('bare', directory, String(size)))
    ratios.push(app / Math.max(...bare))
    best = { app: Math.max(best.app, app), bare: Math.max(best.bare, ...bare) }
  }
  ratios.sort((a, b) => a - b)
  await report('embedding', [
    ['through the app, chunks/s (best round)', best.app.toFixed(0)],
    ['bare transformers.js, chunks/s (best round)', best.bare.toFixed(0)],
    ['ratio (median of rounds)', ratios[ratios.length >> 1].toFixed(2)],
  ])
}
