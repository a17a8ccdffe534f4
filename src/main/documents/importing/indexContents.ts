import { chunkId, type Chunk, type StoredChunk } from '../../../shared/domain/chunk.ts'
import { throwIfAborted } from '../../../shared/errors.ts'
import type { Embedder } from '../../embedding/embedder.ts'
import type { ChunkStore } from '../../retrieval/chunkStore.ts'
import { withHeading } from '../../retrieval/withHeading.ts'
import type { IndexControl } from './importWork.ts'

export interface ContentToIndex {
  readonly contentId: string
  /** Words of its names; see `sourceOf`. */
  readonly source: string
  readonly chunks: number
  /** Streams its chunks in order of `ordinal`. */
  readonly read: () => AsyncIterable<Chunk>
}

/**
 * Chunks per call of the embedder. It sorts them by length, so larger batches need less padding.
 */
const batchSize = 128

/**
 * Embeds the chunks of several contents and adds them to the index. The next batch is embedded
 * while the one before is written. Chunks added before a failure stay in the index, where no row
 * refers to them.
 */
export async function indexContents(
  contents: readonly ContentToIndex[],
  { store, embedder }: { readonly store: ChunkStore; readonly embedder: Embedder },
  { signal, unpaused, onFraction }: IndexControl,
): Promise<void> {
  const total = contents.reduce((sum, { chunks }) => sum + chunks, 0)
  let added = 0
  let adding: Promise<void> = Promise.resolve()
  try {
    for await (const batch of batches(contents)) {
      await unpaused()
      throwIfAborted(signal)
      const vectors = await embedder.embed(batch.map(withHeading), 'passage', signal)
      await adding
      const rows = batch.map((chunk, index) => ({ ...chunk, vector: vectors[index] ?? null }))
      adding = store.add(rows).then(() => {
        added += rows.length
        onFraction(added / total)
      })
      // Awaited a batch later; until then a rejection must not count as unhandled.
      adding.catch(() => undefined)
    }
  } finally {
    // Also after a failure, so that no write is pending when the caller cleans up.
    await adding
  }
}

async function* batches(contents: readonly ContentToIndex[]): AsyncGenerator<StoredChunk[]> {
  let batch: StoredChunk[] = []
  for (const { contentId, source, read } of contents) {
    for await (const chunk of read()) {
      batch.push({ ...chunk, id: chunkId(contentId, chunk.ordinal), contentId, source })
      if (batch.length < batchSize) continue
      yield batch
      batch = []
    }
  }
  if (batch.length > 0) yield batch
}
