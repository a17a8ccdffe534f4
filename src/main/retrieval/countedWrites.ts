import { chunkId, type StoredChunk } from '../../shared/domain/chunk.ts'
import type { Mutex } from '../flow/mutex.ts'
import { createTimeSlices } from '../flow/timeSlices.ts'
import type { ChunkStore } from './chunkStore.ts'
import { passageTerms } from './passageTerms.ts'
import type { TermCounts } from './termCounts.ts'

/** The counts of a store's terms, and how far they can be relied on. */
export interface Counting {
  readonly store: ChunkStore
  readonly counts: TermCounts
  /** Contents that are in the store but not counted yet. */
  readonly pending: Set<string>
  /** Writes and the steps of counting take turns: each chunk is counted once. */
  readonly inTurn: Mutex
  /** Whether the counts differ from those in the file. */
  changed: boolean
  /** False after a failed write: what of it is in the store is not known. */
  trusted: boolean
  closed: boolean
}

/** Counts what is in the store and not counted yet, a batch at a time. */
export async function countPending(counting: Counting): Promise<void> {
  const { store, pending, inTurn } = counting
  const batches = store.scan()[Symbol.asyncIterator]()
  let more = pending.size > 0
  while (more && !counting.closed) {
    more = await inTurn(async () => {
      if (counting.closed) return false
      const batch = await batches.next()
      if (batch.done === true) return false
      const uncounted = batch.value.filter((chunk) => pending.has(chunk.contentId))
      await count(counting, uncounted, 1)
      for (const chunk of batch.value) pending.delete(chunk.contentId)
      return true
    })
  }
  await batches.return?.()
}

/** Adds chunks to the store and counts them, in place of those with the same ids. */
export async function addCounted(
  counting: Counting,
  chunks: Parameters<ChunkStore['add']>[0],
): Promise<void> {
  const { store, pending } = counting
  const added = [...new Map(chunks.map((chunk) => [chunk.id, chunk])).values()].filter(
    (chunk) => !pending.has(chunk.contentId),
  )
  const replaced = await findReplaced(store, added)
  await write(counting, () => store.add(chunks))
  await count(counting, replaced, -1)
  await count(counting, added, 1)
}

/** Removes contents from the store and from the counts. */
export async function removeCounted(counting: Counting, removed: readonly string[]): Promise<void> {
  const { store, pending } = counting
  const known = await store.contents()
  const gone: StoredChunk[] = []
  for (const contentId of new Set(removed)) {
    if (!known.has(contentId) || pending.has(contentId)) continue
    gone.push(...(await store.range(contentId, 0, Number.MAX_SAFE_INTEGER)))
  }
  await write(counting, () => store.remove(removed))
  for (const contentId of removed) pending.delete(contentId)
  await count(counting, gone, -1)
}

async function count(
  counting: Counting,
  chunks: readonly StoredChunk[],
  sign: 1 | -1,
): Promise<void> {
  const slices = createTimeSlices()
  for (const chunk of chunks) {
    if (slices.due()) await slices.pause()
    counting.counts.add(passageTerms(chunk), sign)
  }
  counting.changed = true
}

async function write(counting: Counting, task: () => Promise<void>): Promise<void> {
  try {
    await task()
  } catch (error) {
    counting.trusted = false
    throw error
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
