import { rankChunks } from '../retrieval/rankChunks.ts'
import { readBeir } from './beir.ts'
import type { EvalLibrary } from './evalLibrary.ts'
import { mean, ndcg, percentile, recallAt, reciprocalRank, type Grades } from './metrics.ts'

/**
 * `ndcg@k`, `recall@k` and `mrr@k` of the hybrid search; times of a whole search, sentences scored;
 * nDCG of each arm. The gain is exponential; `linear` has trec_eval's.
 */
export type RetrievalFigures = Readonly<
  Record<`${'ndcg' | 'recall' | 'mrr'}@${number}`, number>
> & {
  readonly queries: number
  readonly p50Ms: number
  readonly p95Ms: number
  readonly arms: Readonly<Record<Arm, number>>
  readonly linear: Readonly<Record<Arm, number>>
}

type Measure = 'ndcg' | 'recall' | 'mrr'
type AtCutoff = Readonly<Record<`${Measure}@${number}`, number>>
type Arm = 'fulltext' | 'vector' | 'hybrid'
const arms = ['fulltext', 'vector', 'hybrid'] as const

/** A document may be cut into many chunks: this many are looked at for each document wanted. */
const chunksPerDocument = 10

/** Searches for every query of a BEIR collection that has judgements. */
export async function evalRetrieval(
  { beirDir, top }: { readonly beirDir: string; readonly top: number },
  library: EvalLibrary,
): Promise<RetrievalFigures> {
  const { corpus, queries, qrels } = await readBeir(beirDir)
  await library.importTexts(corpus)
  const judged = queries.filter(({ id }) => qrels.has(id))
  const rows: { grades: Grades; ranked: Record<Arm, string[]> }[] = []
  const times: number[] = []
  for (const [index, { id, text }] of judged.entries()) {
    const startedAt = performance.now()
    await library.retrieval.search(text, { limit: top })
    times.push(performance.now() - startedAt)
    rows.push({ grades: qrels.get(id) ?? new Map(), ranked: await rankByArm(text, top, library) })
    library.onProgress?.(index + 1, judged.length)
  }
  const average = (measure: (row: (typeof rows)[number]) => number): number =>
    mean(rows.map(measure))
  const byArm = (gain: 'exponential' | 'linear'): Record<Arm, number> => ({
    fulltext: average(({ ranked, grades }) => ndcg(ranked.fulltext, grades, top, gain)),
    vector: average(({ ranked, grades }) => ndcg(ranked.vector, grades, top, gain)),
    hybrid: average(({ ranked, grades }) => ndcg(ranked.hybrid, grades, top, gain)),
  })
  const exponential = byArm('exponential')
  return {
    queries: rows.length,
    ...named({
      ndcg: exponential.hybrid,
      recall: average(({ ranked, grades }) => recallAt(ranked.hybrid, grades, top)),
      mrr: average(({ ranked, grades }) => reciprocalRank(ranked.hybrid, grades, top)),
    }),
    p50Ms: percentile(times, 50),
    p95Ms: percentile(times, 95),
    arms: exponential,
    linear: byArm('linear'),
  }

  function named(values: Readonly<Record<Measure, number>>): AtCutoff {
    const entries = Object.entries(values).map(([name, value]) => [`${name}@${top}`, value])
    return Object.fromEntries(entries) as AtCutoff
  }
}

/** The entries that each arm finds, best first, each once, at its best chunk. */
async function rankByArm(
  query: string,
  top: number,
  { store, embedder, ...library }: EvalLibrary,
): Promise<Record<Arm, string[]>> {
  const limit = top * chunksPerDocument
  const [vector] = await embedder.embed([query], 'query')
  const found = {
    fulltext: await store.searchFullText(query, { limit }),
    vector: vector == null ? [] : await store.searchVector(vector, { limit }),
    hybrid: (await rankChunks({ store, embedder }, query, { limit })).chunks,
  }
  const entries = (arm: Arm): string[] => [
    ...new Set(found[arm].flatMap(({ chunk }) => library.entryOf(chunk.contentId) ?? [])),
  ]
  return Object.fromEntries(arms.map((arm) => [arm, entries(arm)])) as Record<Arm, string[]>
}
