// Importing text files end to end (read, cut, embed, index, commit) against one bare transformers.js
// loop that only embeds the same passages, with its better batch size; the goal is at least 0.6 ×.
// Then the event loop of the main process, during the import and during answers from the library
// that it made: the goal is a delay of at most 30 ms at p99.
//
//   node bench/import.mjs [DIRECTORY OF FILES]
//
// Without a directory: made-up texts of about 7,000 passages. The loop's model is loaded beforehand;
// the app starts its helpers within the time measured.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { ask, buildApp, openApp } from './app.mjs'
import { watchEventLoop } from './eventLoop.mjs'
import { createRandom, createSentences, createWriter, importModules, report } from './harness.mjs'
import { answer, isSide, runSide } from './processes.mjs'

const further = ['src/main/retrieval/withHeading.ts']
const files = 400
const paragraphsPerFile = 15
const batchSizes = [8, 32]
/** Passages on which the loop tries each size. */
const tried = 320
const questions = 20
const models = path.resolve(import.meta.dirname, '../resources/models')

const [first, second = '', directory = '', passagesFile = ''] = process.argv.slice(2)
if (!isSide) await main(first)
else if (first === 'app') answer(await measureApp(second, directory, passagesFile))
else answer(await measureBare(second))

/** @param {string | undefined} given */
async function main(given) {
  await buildApp(further)
  const directory = mkdtempSync(path.join(os.tmpdir(), 'penknife-bench-'))
  try {
    const texts = given === undefined ? path.join(directory, 'texts') : path.resolve(given)
    if (given === undefined) writeTexts(texts)
    const passages = path.join(directory, 'passages.json')
    const app = /** @type {Awaited<ReturnType<typeof measureApp>>} */ (
      await runSide(import.meta.filename, ['app', texts, directory, passages])
    )
    const bare = /** @type {Awaited<ReturnType<typeof measureBare>>} */ (
      await runSide(import.meta.filename, ['bare', passages])
    )
    await report('import', [
      ['files, passages', `${app.files}, ${app.passages}`],
      ['through the app, passages/s', app.rate.toFixed(0)],
      [`bare loop, batches of ${bare.batchSize}, passages/s`, bare.rate.toFixed(0)],
      ['ratio', (app.rate / bare.rate).toFixed(2)],
      ['event loop, import: p50, p99, longest in ms', app.importing],
      [`event loop, ${questions} answers: p50, p99, longest in ms`, app.answering],
      ['event loop, nothing to do: p50, p99, longest in ms', app.idling],
    ])
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

/** @param {string} directory */
function writeTexts(directory) {
  mkdirSync(directory)
  const random = createRandom(7)
  const sentence = createSentences(random, createWriter(random))
  const paragraph = () => Array.from({ length: 4 + Math.floor(random() * 5) }, sentence).join(' ')
  for (let file = 0; file < files; file += 1) {
    const paragraphs = Array.from({ length: paragraphsPerFile }, paragraph)
    writeFileSync(path.join(directory, `${String(file)}.txt`), paragraphs.join('\n\n'))
  }
}

/**
 * @param {string} texts
 * @param {string} directory
 * @param {string} passagesFile Where the passages are written for the loop.
 */
async function measureApp(texts, directory, passagesFile) {
  const { withHeading } = /** @type {typeof import('../src/main/retrieval/withHeading.ts')} */ (
    await importModules(further)
  )
  const { app } = await openApp(path.join(directory, 'data'))
  const idling = await watchEventLoop(() => delay(2_000))
  const started = performance.now()
  const importing = await watchEventLoop(async () => {
    await app.library.import([{ path: texts }], null)
    await app.library.idle()
  })
  const seconds = (performance.now() - started) / 1000
  const passages = /** @type {string[]} */ ([])
  for await (const batch of app.index.current().store.scan()) {
    passages.push(...batch.map(withHeading))
  }
  writeFileSync(passagesFile, JSON.stringify(passages))
  // The model is loaded by the first answer.
  await ask(app, (passages[0] ?? '').slice(0, 60))
  const answering = await watchEventLoop(async () => {
    for (let asked = 1; asked <= questions; asked += 1) {
      const passage = passages[Math.floor((asked / (questions + 1)) * passages.length)] ?? ''
      await ask(app, `What about ${passage.slice(0, 60)}?`)
    }
  })
  const files = app.library.list().documents.filter(({ contentId }) => contentId !== null).length
  await app.dispose()
  const rate = passages.length / seconds
  return { files, passages: passages.length, rate, importing, answering, idling }
}

/** @param {string} passagesFile */
async function measureBare(passagesFile) {
  /** @type {readonly string[]} */
  const passages = JSON.parse(readFileSync(passagesFile, 'utf8'))
  const { env, pipeline } = await import('@huggingface/transformers')
  env.allowRemoteModels = false
  env.localModelPath = models
  const extract = await pipeline('feature-extraction', 'penknife-embed', { dtype: 'fp32' })
  /**
   * @param {readonly string[]} texts
   * @param {number} size
   * @returns texts a second.
   */
  const rate = async (texts, size) => {
    const sorted = texts.toSorted((a, b) => a.length - b.length)
    const started = performance.now()
    for (let from = 0; from < sorted.length; from += size) {
      await extract(sorted.slice(from, from + size), { pooling: 'mean', normalize: true })
    }
    return (texts.length * 1000) / (performance.now() - started)
  }
  await rate(passages.slice(0, 50), 8)
  let best = { batchSize: 0, rate: 0 }
  for (const batchSize of batchSizes) {
    const tries = await rate(passages.slice(0, tried), batchSize)
    if (tries > best.rate) best = { batchSize, rate: tries }
  }
  return { ...best, rate: await rate(passages, best.batchSize) }
}
