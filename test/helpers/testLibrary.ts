import path from 'node:path'
import type { Embedder } from '../../src/main/embedding/embedder.ts'
import { createPaths } from '../../src/main/disk/paths.ts'
import { openLibrary, type Library, type LibraryOptions } from '../../src/main/documents/library.ts'
import { createFakeChunkStore, type FakeChunkStore } from './fakeChunkStore.ts'
import { createFakeEmbedder } from './fakeEmbedder.ts'
import { fixedIndex } from './fixedIndex.ts'
import { createFakeParser } from './fakeParser.ts'
import { silentLogger } from './silentLogger.ts'

/** A library over fakes of its ports, with its notices. */
export async function openTestLibrary(
  root: string,
  {
    store = createFakeChunkStore(),
    embedder = createFakeEmbedder(),
    ...options
  }: Partial<LibraryOptions> & {
    readonly store?: FakeChunkStore
    readonly embedder?: Embedder
  } = {},
): Promise<{
  readonly library: Library
  readonly store: FakeChunkStore
  readonly notices: string[]
  readonly paths: LibraryOptions['paths']
}> {
  const notices: string[] = []
  const paths = createPaths(path.join(root, 'data'))
  const library = await openLibrary({
    paths,
    parser: createFakeParser(),
    index: fixedIndex({ store, embedder }),
    logger: silentLogger,
    notice: (sentence) => notices.push(sentence),
    extensions: new Set(['txt', 'md']),
    ...options,
  })
  return { library, store, notices, paths }
}
