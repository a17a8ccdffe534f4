import { availableParallelism, totalmem } from 'node:os'
import type { Page } from '../../shared/domain/page.ts'
import { createHostParser } from '../parsing/hostParser.ts'
import { parserCount } from '../parsing/parserCount.ts'
import type { CheckTask } from '../disk/checkTask.ts'
import { openLibrary, type Library } from '../documents/library.ts'
import { createSampleLibrary, type SampleLibrary } from '../documents/sampleLibrary.ts'
import { createTextSearch, type TextSearch } from '../documents/reading/textSearch.ts'
import { bundledEmbedderId } from '../embedding/embedderProfile.ts'
import type { InstalledEmbedder } from '../embedding/installedEmbedder.ts'
import { openIndexes } from '../indexing/indexes.ts'
import { createIndexing, type Indexing } from '../indexing/indexing.ts'
import type { Retrieval } from '../retrieval/retrieval.ts'
import { createRetrieval } from '../retrieval/search.ts'
import type { IndexInUse } from '../retrieval/searchIndex.ts'
import type { Foundation } from './foundation.ts'
import type { Models } from './models.ts'

/** The part for documents, the index of their passages, and search. */
export interface Documents {
  readonly library: Library
  readonly sample: SampleLibrary
  /** Finds documents. */
  readonly search: TextSearch
  readonly index: IndexInUse
  /** A stored page; undefined if it is gone. */
  readonly readPage: (contentId: string, page: number) => Promise<Page | undefined>
  /** Finds passages. */
  readonly retrieval: Retrieval
  readonly indexing: Indexing
  /** The check of the files of the index. */
  readonly indexChecks: () => readonly CheckTask[]
}

export async function composeDocuments(
  { paths, resources, startHost, notice, logger, disposer }: Foundation,
  models: Pick<Models, 'actions' | 'protectEmbedders'>,
  onUpgrade?: (share: number) => void,
): Promise<Documents> {
  const embedders = {
    find: (id: string): Promise<InstalledEmbedder> => models.actions.embedder(id),
    directory: (id: string) => paths.index(id),
    bundled: bundledEmbedderId,
  }
  const indexes = await openIndexes({
    ...embedders,
    pointerFile: paths.indexInUse,
    startHost,
    notice,
    logger,
    onUpgrade,
  })
  const index = indexes.inUse
  disposer.add(() => index.current().close())

  const parser = createHostParser({
    start: startHost,
    count: parserCount(availableParallelism(), totalmem() / 1024 ** 2),
  })
  disposer.add(() => parser.dispose())
  const library = await openLibrary({ paths, parser, index, logger, notice })
  disposer.add(() => library.close())
  const sample = await createSampleLibrary(library, resources.sample)
  const search = createTextSearch({ index, documents: () => library.list().documents })
  async function readPage(contentId: string, page: number): Promise<Page | undefined> {
    const row = library.documentOf(contentId)
    if (row === undefined) return undefined
    return (await library.pages(row.id, page, 1)).pages.find((one) => one.page === page)
  }
  const retrieval = createRetrieval({
    index,
    readPage: async (contentId, page) => (await readPage(contentId, page))?.text,
  })

  const indexing = createIndexing({
    ...embedders,
    indexes,
    builder: library.indexBuilder,
    imported: () => library.idle(),
    logger,
  })
  disposer.add(() => indexing.dispose())
  models.protectEmbedders(indexing)

  const indexChecks = () => indexes.checks()
  return { library, sample, search, index, readPage, retrieval, indexing, indexChecks }
}
