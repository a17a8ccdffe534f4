import type { Logger } from '../disk/logger.ts'
import type { Embedder } from '../embedding/embedder.ts'
import type { PassageSize } from '../embedding/passageSize.ts'
import type { CosineScale } from '../retrieval/cosineScale.ts'
import type { SearchIndex } from '../retrieval/searchIndex.ts'
import { termCountsIn } from '../retrieval/termCountsFile.ts'
import { createTermStatistics } from '../retrieval/termStatistics.ts'
import { openVectorStore } from '../retrieval/vectorStore.ts'

/** Opens or creates the index of an embedder. The index owns the embedder from then on. */
export async function openIndex(options: {
  readonly id: string
  readonly directory: string
  readonly embedder: Embedder
  readonly passageSize: PassageSize
  readonly cosineScale: CosineScale
  readonly logger: Pick<Logger, 'warn' | 'error'>
  readonly onUpgrade?: ((share: number) => void) | undefined
}): Promise<SearchIndex> {
  const { id, directory, embedder, passageSize, cosineScale, logger, onUpgrade } = options
  const counted = await createTermStatistics({
    file: termCountsIn(directory),
    store: await openVectorStore({
      directory,
      dimensions: embedder.dimensions,
      onUpgrade,
      onNotice: (found) => logger.warn('index', { kind: found.kind }),
    }),
    onError: (error) => logger.error('counting terms failed', error),
  })
  const { store, statistics } = counted
  return {
    id,
    embedder,
    store,
    statistics,
    passageSize,
    cosineScale,
    async close() {
      await store.close()
      await embedder.dispose()
    },
  }
}
