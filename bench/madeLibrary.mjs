// A made-up library of any size, written as the app keeps it: index, stored texts and ledger.
import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { openApp } from './app.mjs'
import { createRandom, createWriter } from './harness.mjs'

export const dimensions = 256
const wordsPerPassage = 150
const random = createRandom(42)
export const write = createWriter(random)

export function unitVector() {
  const vector = Float32Array.from(
    { length: dimensions },
    () => random() + random() + random() - 1.5,
  )
  const norm = Math.hypot(...vector)
  return vector.map((value) => value / norm)
}

/**
 * The content of a document of the library, by number.
 *
 * @param {number} document
 */
export function contentOf(document) {
  return createHash('sha256').update(String(document)).digest('hex').slice(0, 32)
}

/**
 * @typedef {object} Shape What the documents are made of.
 * @property {number} [passagesPerDocument]
 * @property {() => string} [writePassage]
 */

/**
 * Makes a library in a data folder. Vectors are random; texts follow Zipf's law.
 *
 * @param {string} dataDir
 * @param {number} passages
 * @param {Shape} [shape] By default 20 passages of 150 words each, without sentences.
 * @returns milliseconds that adding and the last optimizing took.
 */
export async function makeLibrary(
  dataDir,
  passages,
  { passagesPerDocument = 20, writePassage = () => write(wordsPerPassage) } = {},
) {
  const { app } = await openApp(dataDir)
  const rows = /** @type {ReturnType<typeof ledgerRow>[]} */ ([])
  let addMs = 0
  let batch = /** @type {ReturnType<typeof makeDocument>['chunks']} */ ([])
  const add = async () => {
    const started = performance.now()
    await app.index.current().store.add(batch)
    addMs += performance.now() - started
    batch = []
  }
  for (let document = 0; document * passagesPerDocument < passages; document += 1) {
    const count = Math.min(passagesPerDocument, passages - document * passagesPerDocument)
    const passageTexts = Array.from({ length: count }, writePassage)
    const textsDir = path.join(dataDir, 'library', 'texts')
    const { row, chunks } = makeDocument(textsDir, document, passageTexts)
    rows.push(row)
    batch.push(...chunks)
    if (batch.length >= 1_000) await add()
  }
  await add()
  const started = performance.now()
  await app.index.current().store.optimize()
  const optimizeMs = performance.now() - started
  await app.dispose()
  writeLedger(path.join(dataDir, 'library', 'ledger.jsonl'), rows)
  return { addMs, optimizeMs }
}

/**
 * @param {string} textsDir
 * @param {number} document
 * @param {readonly string[]} texts Of its passages.
 */
function makeDocument(textsDir, document, texts) {
  const contentId = contentOf(document)
  let start = 0
  const chunks = texts.map((text, ordinal) => {
    const place = { page: 1, start, end: start + text.length, heading: '', tokens: 200 }
    start = place.end + 2
    return { ordinal, ...place, text }
  })
  const folder = path.join(textsDir, contentId)
  mkdirSync(folder, { recursive: true })
  const page = { page: 1, text: texts.join('\n\n'), blocks: [] }
  writeFileSync(path.join(folder, 'text.jsonl'), `${JSON.stringify(page)}\n`)
  const stored = chunks.map((chunk) => ({
    ...chunk,
    id: `${contentId}:${String(chunk.ordinal)}`,
    contentId,
    vector: unitVector(),
  }))
  return { row: ledgerRow(document, contentId, texts.length, page.text.length), chunks: stored }
}

/**
 * @param {number} document
 * @param {string} contentId
 * @param {number} chunks
 * @param {number} bytes
 */
function ledgerRow(document, contentId, chunks, bytes) {
  const name = `${String(document)}.txt`
  return {
    id: `made-${String(document)}`,
    name,
    path: `/made/${name}`,
    format: 'text',
    state: 'indexed',
    reason: null,
    contentId,
    bytes,
    modifiedMs: 0,
    pages: 1,
    chunks,
    words: chunks * wordsPerPassage,
    unreadPages: [],
    collections: [],
    importedAt: '2026-01-01T00:00:00.000Z',
  }
}

/**
 * @param {string} file
 * @param {readonly ReturnType<typeof ledgerRow>[]} rows
 */
function writeLedger(file, rows) {
  writeFileSync(file, toLines([{ version: 1 }, ...rows.map((row) => ({ put: [row] }))]))
}

/** @param {readonly unknown[]} values */
function toLines(values) {
  return values.map((value) => `${JSON.stringify(value)}\n`).join('')
}
