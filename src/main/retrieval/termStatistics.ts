import { createMutex } from '../flow/mutex.ts'
import type { ChunkStore } from './chunkStore.ts'
import { addCounted, countPending, removeCounted, type Counting } from './countedWrites.ts'
import { createTermCounts, type TermCounts } from './termCounts.ts'
import { readTermCounts, writeTermCounts } from './termCountsFile.ts'
import { inverseFrequency } from './inverseFrequency.ts'

/** How often words occur in the library, for BM25 over sentences and passages. */
export interface TermStatistics {
  /** Number of chunks counted. */
  readonly chunks: number
  /** Mean number of terms in a chunk, stop words included; 0 without chunks. */
  readonly averageLength: number
  /** Number of chunks whose text has the term (as `terms` gives it). */
  documentFrequency(term: string): number
  /** All terms of the chunks, in no order. */
  terms(): Iterable<string>
  /** ln(1 + (N - n + 0.5) / (n + 0.5)), as Lucene has it, where N is 20 or more: never negative. */
  idf(term: string): number
}

export interface CountedStore {
  readonly statistics: TermStatistics
  /** The same store; what is written through it is counted. Closing it saves the counts. */
  readonly store: ChunkStore
  /** Resolves when the counts agree with the store, or after `onError` was called. */
  readonly ready: Promise<void>
}

export interface TermStatisticsOptions {
  /** The file of the counts. They can be recounted, so a broken file loses nothing. */
  readonly file: string
  readonly store: ChunkStore
  /** Called when counting or saving fails in the background. */
  readonly onError?: (error: unknown) => void
}

/**
 * Keeps document frequencies of a store's chunks. If the file is missing or belongs to another
 * state of the store (the process was killed), they are recounted in the background, and meanwhile
 * the part counted so far is used.
 */
export async function createTermStatistics({
  file,
  store,
  onError = () => undefined,
}: TermStatisticsOptions): Promise<CountedStore> {
  const contents = await store.contents()
  const saved = await readTermCounts(file, fingerprint(contents))
  const pending = new Set(saved === undefined ? contents.keys() : [])
  const counting: Counting = {
    store,
    counts: saved ?? createTermCounts(),
    pending,
    inTurn: createMutex(),
    changed: pending.size > 0,
    trusted: true,
    closed: false,
  }
  const ready = countPending(counting).catch(onError)
  const save = (): Promise<void> => saveCounts(counting, file).catch(onError)
  return {
    statistics: createStatistics(counting.counts),
    ready,
    store: countedStore(counting, ready, save),
  }
}

function countedStore(
  counting: Counting,
  ready: Promise<void>,
  save: () => Promise<void>,
): ChunkStore {
  const { store, inTurn } = counting
  return {
    ...store,
    add: (chunks) => inTurn(() => addCounted(counting, chunks)),
    remove: (removed) => inTurn(() => removeCounted(counting, removed)),
    optimize: () =>
      inTurn(async () => {
        await store.optimize()
        await save()
      }),
    async close() {
      counting.closed = true
      await ready
      await inTurn(save)
      await store.close()
    },
  }
}

async function saveCounts(counting: Counting, file: string): Promise<void> {
  const { store, counts, pending, changed, trusted } = counting
  if (!changed || !trusted || pending.size > 0) return
  await writeTermCounts(file, fingerprint(await store.contents()), counts)
  counting.changed = false
}

function createStatistics(counts: TermCounts): TermStatistics {
  return {
    get chunks() {
      return counts.chunks
    },
    get averageLength() {
      return counts.chunks === 0 ? 0 : counts.length / counts.chunks
    },
    documentFrequency: (term) => counts.frequency(term),
    *terms() {
      for (const [term] of counts.entries()) yield term
    },
    idf: (term) => idf(counts.chunks, counts.frequency(term)),
  }
}

/**
 * A smaller library counts as this large. In one of one or two passages every word that they have would
 * be common and say nothing, and one word of a question that they lack would outweigh all others.
 */
const fewestPassages = 20

/** The rarity of a term that `n` of `total` texts have; see `TermStatistics.idf`. */
export function idf(total: number, n: number): number {
  return inverseFrequency(Math.max(total, fewestPassages), n)
}

/** Identifies a state of the store, whatever the order of its contents (sum of FNV-1a hashes). */
function fingerprint(contents: ReadonlyMap<string, number>): number {
  let sum = contents.size
  for (const [contentId, chunks] of contents) {
    let hash = 0x811c9dc5
    for (const character of `${contentId}=${String(chunks)}`) {
      hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0
    }
    sum = (sum + hash) % Number.MAX_SAFE_INTEGER
  }
  return sum
}
