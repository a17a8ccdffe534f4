import type { IndexState } from '../../shared/contract/models.ts'
import { AppError } from '../../shared/errors.ts'
import type { Embedder } from '../embedding/embedder.ts'
import type { ChunkStore } from '../retrieval/chunkStore.ts'
import { folderSize } from './folderSize.ts'

/** Which embedder the library is indexed with, and the way to another. */
export interface Indexing {
  state(): Promise<IndexState>
  onState(listener: (state: IndexState) => void): () => void
  /** @throws AppError `not-found`, `invalid-input` for a model that writes answers. */
  useEmbedder(id: string): Promise<void>
  pause(): Promise<void>
  resume(): Promise<void>
  cancel(): Promise<void>
}

export function createIndexing({
  embedder,
  store,
  directory,
}: {
  readonly embedder: Embedder
  readonly store: Pick<ChunkStore, 'count'>
  readonly directory: string
}): Indexing {
  const { id, dimensions } = embedder
  return {
    state: async () => ({
      embedder: { id, name: id, dimensions },
      passages: await store.count(),
      sizeBytes: await folderSize(directory),
      rebuild: null,
    }),
    onState: () => () => undefined,
    useEmbedder(wanted) {
      if (wanted === id) return Promise.resolve()
      return Promise.reject(
        new AppError('not-found', `There is no embedder “${wanted}” among the installed models.`),
      )
    },
    pause: () => Promise.resolve(),
    resume: () => Promise.resolve(),
    cancel: () => Promise.resolve(),
  }
}
