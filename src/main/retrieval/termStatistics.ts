import { chunkId, type StoredChunk } from '../../shared/domain/chunk.ts'
import { terms } from '../../shared/domain/terms.ts'
import { createMutex } from '../flow/mutex.ts'
import type { ChunkStore } from './chunkStore.ts'
import { createTermCounts, type TermCounts } from './termCounts.ts'
import { readTermCounts, writeTermCounts } from './termCountsFile.ts'
import { createTimeSlices } from '../flow/timeSlices.ts'

/** How often words occur in the library, for BM25 over sentences and passages. */
export interface TermStatistics {
  /** Number of chunks counted. */
  readonly chunks: number
  /** Mean number of terms in a chunk, stop words included; 0 without chunks. */
  readonly averageLength: number
  /** Number of chunks whose text has the term (as `terms` gives it). */
  documentFrequency(term: string): number
  /** ln(1 + (N - n + 0.5) / (n + 0.5)), as Lucene has it: never negative. */
  idf(term: string): number
}

export interface CountedStore {
  readonly statistics: TermStatistics
  /** The same store; what is written through it is counted. Closing it saves the counts. */
  readonly store: ChunkStore
  /** Resolves when the counts agree with the store, or counting failed (`onError` has it). */
  readonly ready: Promise<void>
}

export interface TermStatisticsOptions {
  /** Where the counts are kept. They can always be made again, so a broken file is no loss. */
  readonly file: string
  readonly store: ChunkStore
  /** Called when, in the background, the file could not be written or the store not be read. */
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
  const counts = saved ?? createTermCounts()
  /** Contents that are in the store but not counted yet. */
  const pending = new Set(saved === undefined ? contents.keys() : [])
  // Writes and the steps of counting take turns: each chunk is counted once.
  const inTurn = createMutex()
  let closed = false
  let changed = pending.size > 0
  /** False after a failed write: what of it is in the store is not known. */
  let trusted = true

  const count = async (chunks: readonly StoredChunk[], sign: 1 | -1): Promise<void> => {
    const slices = createTimeSlices()
    for (const chunk of chunks) {
      if (slices.due()) await slices.pause()
      counts.add(terms(chunk.text), sign)
    }
    changed = true
  }

  async function write(task: () => Promise<void>): Promise<void> {
    try {
      await task()
    } catch (error) {
      trusted = false
      throw error
    }
  }

  async function countPending(): Promise<void> {
    const batches = store.scan()[Symbol.asyncIterator]()
    let more = pending.size > 0
    while (more && !closed) {
      more = await inTurn(async () => {
        if (closed) return false
        const batch = await batches.next()
        if (batch.done === true) return false
        await count(
          batch.value.filter((chunk) => pending.has(chunk.contentId)),
          1,
        )
        for (const chunk of batch.value) pending.delete(chunk.contentId)
        return true
      })
    }
    await batches.return?.()
  }

  async function save(): Promise<void> {
    if (!changed || !trusted || pending.size > 0) return
    try {
      await writeTermCounts(file, fingerprint(await store.contents()), counts)
      changed = false
    } catch (error) {
      onError(error)
    }
  }

  const ready = countPending().catch(onError)
  return {
    statistics: createStatistics(counts),
    ready,
    store: {
      ...store,
      add: (chunks) =>
        inTurn(async () => {
          const added = [...new Map(chunks.map((chunk) => [chunk.id, chunk])).values()].filter(
            (chunk) => !pending.has(chunk.contentId),
          )
          const replaced = await findReplaced(store, added)
          await write(() => store.add(chunks))
          await count(replaced, -1)
          await count(added, 1)
        }),
      remove: (removed) =>
        inTurn(async () => {
          const known = await store.contents()
          const gone: StoredChunk[] = []
          for (const contentId of new Set(removed)) {
            if (!known.has(contentId) || pending.has(contentId)) continue
            gone.push(...(await store.range(contentId, 0, Number.MAX_SAFE_INTEGER)))
          }
          await write(() => store.remove(removed))
          for (const contentId of removed) pending.delete(contentId)
          await count(gone, -1)
        }),
      optimize: () =>
        inTurn(async () => {
          await store.optimize()
          await save()
        }),
      async close() {
        closed = true
        await ready
        await inTurn(save)
        await store.close()
      },
    },
  }
}

/** The stored chunks that a write would replace. */
async function findReplaced(
  store: ChunkStore,
  added: readonly StoredChunk[],
): Promise<StoredChunk[]> {
  const known = await store.contents()
  const ids = new Set(added.map((chunk) => chunk.id))
  const replaced: StoredChunk[] = []
  for (const contentId of new Set(added.map((chunk) => chunk.contentId))) {
    if (!known.has(contentId)) continue
    const ordinals = added.filter((c) => c.contentId === contentId).map((c) => c.ordinal)
    const old = await store.range(contentId, Math.min(...ordinals), Math.max(...ordinals))
    replaced.push(...old.filter((chunk) => ids.has(chunkId(chunk.contentId, chunk.ordinal))))
  }
  return replaced
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
    idf(term) {
      const n = counts.frequency(term)
      return Math.log(1 + (counts.chunks - n + 0.5) / (n + 0.5))
    },
  }
}

/** A number for a state of the store, independent of the order of the contents (FNV-1a, summed). */
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
