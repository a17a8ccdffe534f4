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
const built = await importModules(further)
const { mean, ndcg, openVectorStore, rankChunks, readBeir, withHeading } = built
const root = mkdtempSync(path.join(os.tmpdir(), 'penknife-bench-'))
const { app } = await openApp(path.join(root, 'data'))
const stores = []
try {
  const questions = await importAll()
  const open = (name, vectorIndexFrom) => copyTo(path.join(root, name), vectorIndexFrom)
  stores.push(await open('exact', Infinity), await open('approximate', 1))
  const [exact, approximate] = stores
  const rows = []
  for (const question of questions) rows.push(await compare(question, exact, approximate))
  const average = (key) => mean(rows.map((row) => row[key]))
  const arm = (name) => {
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

/** @returns every judged question with its grades, by content. */
async function importAll() {
  const collections = []
  for (const [index, directory] of directories.entries()) {
    const { corpus, queries, qrels } = await readBeir(path.resolve(directory))
    const folder = path.join(root, String(index))
    mkdirSync(folder)
    const files = new Map()
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
    queries
      .filter(({ id }) => qrels.has(id))
      .map(({ id, text }) => ({ text, grades: gradesOf(qrels.get(id), files) })),
  )
}

function gradesOf(judged, files) {
  const grades = new Map()
  for (const [id, grade] of judged) {
    const file = files.get(id)
    const contentId = file === undefined ? undefined : app.library.resolve(file)?.contentId
    // One that is not in the collection still belongs to the best ranking there could be.
    grades.set(contentId ?? id, grade)
  }
  return grades
}

/** The same passages with the same vectors in a store of its own. */
async function copyTo(directory, vectorIndexFrom) {
  const { embedder, store: inUse } = app.index.current()
  const store = await openVectorStore({
    directory,
    dimensions: embedder.dimensions,
    vectorIndexFrom,
  })
  for await (const batch of inUse.scan()) {
    const vectors = await embedder.embed(batch.map(withHeading), 'passage')
    await store.add(batch.map((chunk, index) => ({ ...chunk, vector: vectors[index] })))
  }
  await store.optimize()
  return store
}

async function compare({ text, grades }, exact, approximate) {
  const limit = top * passagesPerText
  const { embedder } = app.index.current()
  const [vector] = await embedder.embed([text], 'query')
  const search = async (store) => {
    const vectors = await store.searchVector(vector, { limit })
    const { chunks } = await rankChunks({ store, embedder }, text, { limit })
    const score = (found) => {
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
