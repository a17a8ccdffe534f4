import { folderSize } from '../disk/folderSize.ts'
import type { Notice } from '../disk/jsonFile.ts'
import type { Logger } from '../disk/logger.ts'
import type { Embedder } from '../embedding/embedder.ts'
import type { PassageSize } from '../embedding/passageSize.ts'
import type { CosineScale } from '../retrieval/cosineScale.ts'
import { formatBytes } from '../../shared/domain/localFormat.ts'
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
  readonly notice: Notice
  readonly logger: Pick<Logger, 'warn' | 'error'>
  readonly onUpgrade?: ((share: number) => void) | undefined
}): Promise<SearchIndex> {
  const { id, directory, embedder, passageSize, cosineScale, logger, onUpgrade } = options
  const aside: string[] = []
  const counted = await createTermStatistics({
    file: termCountsIn(directory),
    store: await openVectorStore({
      directory,
      dimensions: embedder.dimensions,
      onUpgrade,
      onNotice: (found) => {
        if (found.kind === 'version-lost') {
          logger.warn('index', { kind: found.kind })
          return
        }
        logger.error('the index was set aside', found.error)
        aside.push(found.directory)
      },
    }),
    onError: (error) => logger.error('counting terms failed', error),
  })
  const { store, statistics } = counted
  for (const folder of aside) options.notice(await setAsideSentence(folder))
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

async function setAsideSentence(folder: string): Promise<string> {
  return `The index of your documents was damaged. Penknife builds it again from their stored texts; until then some are not found. The damaged one (${formatBytes(await folderSize(folder))}) was kept as ${folder}.`
}
