import path from 'node:path'
import { createPaths } from '../../src/main/config/paths.ts'
import { openLibrary, type Library, type LibraryOptions } from '../../src/main/documents/library.ts'
import { createFakeChunkStore, type FakeChunkStore } from './fakeChunkStore.ts'
import { createFakeEmbedder } from './fakeEmbedder.ts'
import { createFakeParser } from './fakeParser.ts'
import { silentLogger } from './silentLogger.ts'

/** A library over fakes of its ports, with what it told. */
export async function openTestLibrary(
  root: string,
  options: Partial<LibraryOptions> & { readonly store?: FakeChunkStore } = {},
): Promise<{
  readonly library: Library
  readonly store: FakeChunkStore
  readonly notices: string[]
  readonly paths: LibraryOptions['paths']
}> {
  const notices: string[] = []
  const store = options.store ?? createFakeChunkStore()
  const paths = createPaths(path.join(root, 'data'))
  const library = await openLibrary({
    paths,
    parser: createFakeParser(),
    embedder: createFakeEmbedder(),
    logger: silentLogger,
    notice: (sentence) => notices.push(sentence),
    extensions: new Set(['txt', 'md']),
    ...options,
    store,
  })
  return { library, store, notices, paths }
}
