import { explainingWrites } from '../disk/writeErrors.ts'
import { createMutex } from '../flow/mutex.ts'
import { checkChunk, checkContent } from './chunkRows.ts'
import type { ChunkStore } from './chunkStore.ts'
import { defaultVectorIndexFrom } from './vectorStore/chunkIndexes.ts'
import { openOrRecover, type StoreNotice } from './vectorStore/openTable.ts'
import { readChunks } from './vectorStore/languageCounts.ts'
import { countRows } from './vectorStore/ordinals.ts'
import { searchAllWords } from './vectorStore/matchAll.ts'
import {
  readChunksAt,
  readRange,
  readWithoutVector,
  scan,
  searchFullText,
  searchVector,
} from './vectorStore/readTable.ts'
import type { StoreState } from './vectorStore/storeState.ts'
import { addChunks, optimize, removeContents } from './vectorStore/writeTable.ts'

export interface VectorStoreOptions {
  /** Used by this store only; created if missing. */
  readonly directory: string
  /** Values in a vector. An index of another width is set aside. */
  readonly dimensions: number
  /**
   * Called before `openVectorStore` resolves. The owner of the list of documents then compares it
   * with `contents()` and adds what is missing.
   */
  readonly onNotice?: (notice: StoreNotice) => void
  /** Called while an index of an earlier version is copied, with the share that is done. */
  readonly onUpgrade?: ((share: number) => void) | undefined
  /**
   * From this many chunks on, `optimize` makes a vector index; it stays when there are fewer again.
   */
  readonly vectorIndexFrom?: number
}

/** Opens LanceDB's table of chunks. Only one process may: the library's lock ensures that. */
export async function openVectorStore(options: VectorStoreOptions): Promise<ChunkStore> {
  const { vectorIndexFrom = defaultVectorIndexFrom, onNotice = () => undefined } = options
  const opened = await openOrRecover({ ...options, vectorIndexFrom }, onNotice)
  return createStore({
    ...opened,
    dimensions: options.dimensions,
    ...(await readChunks(opened.table)),
    exclusive: createMutex(),
    remaking: undefined,
    unoptimized: false,
    unindexed: 0,
  })
}

function createStore(state: StoreState): ChunkStore {
  const { connection, table, dimensions, ordinals, exclusive } = state
  const writing = (write: () => Promise<void>): Promise<void> =>
    exclusive(() => explainingWrites(write))

  return {
    async add(chunks) {
      for (const chunk of chunks) checkChunk(chunk, dimensions)
      await writing(() => addChunks(state, chunks))
    },
    async remove(contents) {
      contents.forEach(checkContent)
      await writing(() => removeContents(state, contents))
    },
    contents: () =>
      Promise.resolve(new Map([...ordinals].map(([contentId, { size }]) => [contentId, size]))),
    languages: (contents) => state.languages.among(contents),
    count: () => Promise.resolve(countRows(ordinals)),
    searchFullText: (query, limits) => searchFullText(state, query, limits),
    searchAllWords: (query) => searchAllWords(state, query),
    searchVector: (vector, limits) => searchVector(state, vector, limits),
    range: (contentId, from, to) => readRange(state, contentId, from, to),
    chunksAt: (places) => readChunksAt(state, places),
    withoutVector: (contentId) => readWithoutVector(state, contentId),
    scan: () => scan(state),
    optimize: () => writing(() => optimize(state)),
    async close() {
      await writing(async () => {
        if (state.unoptimized) await optimize(state)
        table.close()
        connection.close()
      })
    },
  }
}
