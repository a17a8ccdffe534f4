// What the vector index costs: collections in BEIR's layout become one library, whose vectors are
// then searched exactly and by way of the index, which is made although the library is small. The
// goal is to lose at most 0.01 of nDCG@10.
//
//   node bench/vector-index.mjs BEIR_DIRECTORY…
//
// Passages are the app's own, so texts may be cut; a text counts once, at its best passage.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { buildApp, openApp } from './app.mjs'
import { importModules, report } from './harness.mjs'

/** @import { BeirCollection } from '../src/main/evaluation/beir.ts' */
/** @import { Grades } from '../src/main/evaluation/metrics.ts' */
/** @import { ChunkStore, FoundChunk } from '../src/main/retrieval/chunkStore.ts' */
/** @typedef {{ readonly text: string, readonly grades: Grades }} Question Grades are by content. */
/** @typedef {Awaited<ReturnType<typeof compare>>} Compared */
/**
 * A collection, and the file of each of its texts.
 *
 * @typedef {Pick<BeirCollection, 'queries' | 'qrels'> & { files: ReadonlyMap<string, string> }} Imported
 */
/**
 * @typedef {typeof import('../src/main/evaluation/beir.ts') &
 *   typeof import('../src/main/evaluation/metrics.ts') &
 *   typeof import('../src/main/retrieval/rankChunks.ts') &
 *   typeof import('../src/main/retrieval/vectorStore.ts') &
 *   typeof import('../src/main/retrieval/withHeading.ts')} Built
 */

const top = 10
const passagesPerText = 10
const further = [
  'src/main/evaluation/beir.ts',
  'src/main/evaluation/metrics.ts',
  'src/main/retrieval/rankChunks.ts',
  'src/main/retrieval/vectorStore.ts',
  'src/main/retrieval/withHeading.ts',
]

const directories = process.argv.slice(2)
if (directories.length === 0) {
  process.stderr.write('usage: node bench/vector-index.mjs BEIR_DIRECTORY…\n')
  process.exit(2)
}
await buildApp(further)
const built = /** @type {Built} */ (await importModules(further))
const { mean, ndcg, openVectorStore, rankChunks, readBeir, withHeading } = built
const root = mkdtempSync(path.join(os.tmpdir(), 'penknife-bench-'))
const { app } = await openApp(path.join(root, 'data'))
const stores = /** @type {ChunkStore[]} */ ([])
try {
  const questions = await importAll()
  const exact = await copyTo(path.join(root, 'exact'), Infinity)
  stores.push(exact)
  const approximate = await copyTo(path.join(root, 'approximate'), 1)
  stores.push(approximate)
  const rows = /** @type {Compared[]} */ ([])
  for (const question of questions) rows.push(await compare(question, exact, approximate))
  const average = (/** @type {keyof Compared} */ key) => mean(rows.map((row) => row[key]))
  const arm = (/** @type {'vector' | 'hybrid'} */ name) => {
    const [before, after] = [average(`${name}Exact`), average(`${name}Approximate`)]
    return `${before.toFixed(4)}, ${after.toFixed(4)}, ${(before - after).toFixed(4)}`
  }
  await report('vector-index', [
    ['passages, questions', `${await exact.count()}, ${rows.length}`],
    ['same passages among the first 10', average('agreement').toFixed(4)],
    ['nDCG@10 of vectors: exact, index, lost', arm('vector')],
    ['nDCG@10 of the hybrid: exact, index, lost', arm('hybrid')],
  ])
} finally {
  for (const store of stores) await store.close()
  await app.dispose()
  rmSync(root, { recursive: true, force: true })
}

/**
 * Imports the texts of all collections.
 *
 * @returns {Promise<Question[]>} Every judged question.
 */
async function importAll() {
  const collections = /** @type {Imported[]} */ ([])
  for (const [index, directory] of directories.entries()) {
    const { corpus, queries, qrels } = await readBeir(path.resolve(directory))
    const folder = path.join(root, String(index))
    mkdirSync(folder)
    const files = /** @type {Map<string, string>} */ (new Map())
    for (const [at, { id, title, text }] of corpus.entries()) {
      const file = path.join(folder, `${String(at)}.txt`)
      writeFileSync(file, title === '' ? text : `${title}\n\n${text}`)
      files.set(id, file)
    }
    await app.library.import([{ path: folder }], null)
    collections.push({ queries, qrels, files })
  }
  await app.library.idle()
  return collections.flatMap(({ queries, qrels, files }) =>
    queries.flatMap(({ id, text }) => {
      const judged = qrels.get(id)
      return judged === undefined ? [] : [{ text, grades: gradesOf(judged, files) }]
    }),
  )
}

/**
 * @param {Grades} judged By text of the collection.
 * @param {ReadonlyMap<string, string>} files
 */
function gradesOf(judged, files) {
  const grades = /** @type {Map<string, number>} */ (new Map())
  for (const [id, grade] of judged) {
    const file = files.get(id)
    const contentId = file === undefined ? undefined : app.library.resolve(file)?.contentId
    // A document that is not in the collection still counts in the ideal ranking.
    grades.set(contentId ?? id, grade)
  }
  return grades
}

/**
 * Copies the library's passages, with the same vectors, into a store of its own.
 *
 * @param {string} directory
 * @param {number} vectorIndexFrom Passages from which on there is a vector index.
 */
async function copyTo(directory, vectorIndexFrom) {
  const { embedder, store: inUse } = app.index.current()
  const store = await openVectorStore({
    directory,
    dimensions: embedder.dimensions,
    vectorIndexFrom,
  })
  for await (const batch of inUse.scan()) {
    const vectors = await embedder.embed(batch.map(withHeading), 'passage')
    await store.add(batch.map((chunk, index) => ({ ...chunk, vector: vectors[index] ?? null })))
  }
  await store.optimize()
  return store
}

/**
 * @param {Question} question
 * @param {ChunkStore} exact
 * @param {ChunkStore} approximate
 */
async function compare({ text, grades }, exact, approximate) {
  const limit = top * passagesPerText
  const { embedder } = app.index.current()
  const [vector] = await embedder.embed([text], 'query')
  if (!vector) throw new Error(`The question has no vector: ${text}`)
  const search = async (/** @type {ChunkStore} */ store) => {
    const vectors = await store.searchVector(vector, { limit })
    const { chunks } = await rankChunks({ store, embedder }, text, { limit })
    const score = (/** @type {readonly Pick<FoundChunk, 'chunk'>[]} */ found) => {
      const contents = [...new Set(found.map(({ chunk }) => chunk.contentId))]
      return ndcg(contents, grades, top, 'exponential')
    }
    const first = vectors.slice(0, top).map(({ chunk }) => chunk.id)
    return { first, vector: score(vectors), hybrid: score(chunks) }
  }
  const [one, other] = [await search(exact), await search(approximate)]
  return {
    agreement: one.first.filter((id) => other.first.includes(id)).length / one.first.length,
    vectorExact: one.vector,
    vectorApproximate: other.vector,
    hybridExact: one.hybrid,
    hybridApproximate: other.hybrid,
  }
}
