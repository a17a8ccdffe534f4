// The search for documents by the words in them, in a made-up library of 10,000, with the sentences of
// those in view: a process makes it, and a fresh one opens it. Beside it, in turns: reading all stored texts from the disk and looking for
// the words as they are typed, which needs no index and no memory. The goal is 100 ms at p95, idle.
//
//   node bench/text-search.mjs [DOCUMENTS]
import { mkdtempSync, rmSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { buildApp, openApp } from './app.mjs'
import { createRandom, createSentences, loadAverage, quantile, report } from './harness.mjs'
import { contentOf, makeLibrary, write } from './madeLibrary.mjs'
import { answer, isSide, memoryOf, runSide } from './processes.mjs'

/** @import { App } from '../src/main/app.ts' */
/** @import { Row } from './harness.mjs' */

const passagesPerDocument = 3
const sentencesPerPassage = 12
const rounds = 40
const roundsBefore = 5
/** Reading everything takes seconds. */
const plainRounds = 2
/** Rows of a window, with those just outside. */
const inView = 40
const random = createRandom(3)
const sentence = createSentences(random, write)
const writePassage = () => Array.from({ length: sentencesPerPassage }, sentence).join(' ')

const [first = '10000', directory = '', count] = process.argv.slice(2)
if (!isSide) await main(Number(first))
else if (first === 'make') answer(await make(directory, Number(count)))
else answer(await openAndSearch(directory, Number(count)))

/** @param {number} documents */
async function main(documents) {
  await buildApp()
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'penknife-bench-'))
  try {
    await runSide(import.meta.filename, ['make', dataDir, String(documents)])
    const rows = /** @type {Row[]} */ (
      await runSide(import.meta.filename, ['open', dataDir, String(documents)])
    )
    await report('text-search', [
      ['documents, passages', `${documents}, ${documents * passagesPerDocument}`],
      ['load average', loadAverage()],
      ...rows,
    ])
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
}

/**
 * @param {string} dataDir
 * @param {number} documents
 */
function make(dataDir, documents) {
  const shape = { passagesPerDocument, writePassage }
  return makeLibrary(dataDir, documents * passagesPerDocument, shape)
}

/**
 * @param {string} dataDir
 * @param {number} documents
 */
async function openAndSearch(dataDir, documents) {
  const { app } = await openApp(dataDir)
  const texts = path.join(dataDir, 'library', 'texts')
  const files = Array.from({ length: documents }, (_, at) =>
    path.join(texts, contentOf(at), 'text.jsonl'),
  )
  /** @type {Row[]} */
  const rows = [['memory of main, MiB, opened', memoryOf(process.pid)]]
  for (const [name, ask] of Object.entries(await questionsFrom(files))) {
    rows.push(await compare(app, files, name, ask))
  }
  rows.push(['memory of main, MiB, searched', memoryOf(process.pid)])
  await app.dispose()
  return rows
}

/**
 * Questions about the library: each kind makes a new one at each call.
 *
 * @param {readonly string[]} files
 * @returns {Promise<Readonly<Record<string, () => string>>>}
 */
async function questionsFrom(files) {
  const sample = await Promise.all(files.slice(0, 300).map((file) => readFile(file, 'utf8')))
  const passages = sample.flatMap((text) =>
    text.split(String.raw`\n\n`).map((passage) => passage.match(/[a-z]{2,}/g) ?? []),
  )
  const counts = /** @type {Map<string, number>} */ (new Map())
  for (const word of passages.flat()) counts.set(word, (counts.get(word) ?? 0) + 1)
  const ranked = [...counts.keys()].sort((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0))
  const common = ranked.slice(10, 60)
  const rare = ranked.filter((word) => counts.get(word) === 1)
  const anyPassage = () => passages[Math.floor(random() * passages.length)] ?? []
  const several = () => {
    const words = anyPassage()
    return [oneOf(words), oneOf(words), oneOf(words)].join(' ')
  }
  const phrase = () => {
    const words = anyPassage()
    const from = Math.floor(random() * (words.length - 5))
    return words.slice(from, from + 5).join(' ')
  }
  const unknown = () => `xyz${String(Math.floor(random() * 1e6))}`
  return {
    'a rare word': () => oneOf(rare),
    'a common word': () => oneOf(common),
    'three words of a passage': several,
    'a phrase of five words': phrase,
    'a common word with one that is nowhere': () => `${oneOf(common)} ${unknown()}`,
    'a word that is nowhere': unknown,
  }
}

/** @param {readonly string[]} among */
function oneOf(among) {
  return among[Math.floor(random() * among.length)] ?? ''
}

/**
 * @param {App} app
 * @param {readonly string[]} files
 * @param {string} name
 * @param {() => string} ask
 * @returns {Promise<Row>}
 */
async function compare(app, files, name, ask) {
  const times = /** @type {number[]} */ ([])
  const processorTimes = /** @type {number[]} */ ([])
  const plainTimes = /** @type {number[]} */ ([])
  const found = /** @type {number[]} */ ([])
  const search = async (/** @type {string} */ text) => {
    const request = { signal: new AbortController().signal }
    const matches = await app.handlers.documents.search({ text }, request)
    await app.handlers.documents.quotes({ text, matches: matches.slice(0, inView) }, request)
    found.push(matches.length)
  }
  for (let round = 0; round < roundsBefore; round += 1) await search(ask())
  const between = Math.floor(rounds / plainRounds)
  for (let round = 0; round < rounds; round += 1) {
    const text = ask()
    const before = processorMs()
    times.push(await timeOf(() => search(text)))
    processorTimes.push(processorMs() - before)
    if (round % between === 0) plainTimes.push(await timeOf(() => readAll(files, text)))
  }
  const p50 = quantile(times, 0.5)
  const ratio = quantile(plainTimes, 0.5) / p50
  const inWords = (/** @type {readonly number[]} */ ms) =>
    [0.5, 0.95].map((q) => quantile(ms, q).toFixed(1)).join(', ')
  const hits = quantile(found, 0.5)
  return [
    `${name}: p50, p95 in ms`,
    `${inWords(times)}; of the processor ${inWords(processorTimes)}; ${hits} found; ` +
      `reading all ÷ search ${ratio.toFixed(0)}`,
  ]
}

/** Processor time of this process so far, in milliseconds. */
function processorMs() {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1_000
}

/** @param {() => Promise<unknown>} work */
async function timeOf(work) {
  const began = performance.now()
  await work()
  return performance.now() - began
}

/**
 * @param {readonly string[]} files
 * @param {string} text
 * @returns how many have all the words.
 */
async function readAll(files, text) {
  const words = text.split(' ')
  let found = 0
  for (let from = 0; from < files.length; from += 64) {
    const group = files.slice(from, from + 64).map((file) => readFile(file, 'utf8'))
    for (const stored of await Promise.all(group)) {
      const lower = stored.toLowerCase()
      if (words.every((word) => lower.includes(word))) found += 1
    }
  }
  return found
}
