import { mkdir, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createPaths } from '../../src/main/disk/paths.ts'
import { createHostParser } from '../../src/main/parsing/hostParser.ts'
import { openLibrary, type Library } from '../../src/main/documents/library.ts'
import { bundledEmbedder } from '../../src/main/embedding/embedderProfile.ts'
import { passageSizeOf } from '../../src/main/embedding/passageSize.ts'
import { createHostEmbedder } from '../../src/main/embedding/hostEmbedder.ts'
import { createForkedHosts } from '../../src/main/processes/forkedHost.ts'
import type { ChunkStore } from '../../src/main/retrieval/chunkStore.ts'
import { openVectorStore } from '../../src/main/retrieval/vectorStore.ts'
import { fixedIndex } from '../helpers/fixedIndex.ts'
import { silentLogger } from '../helpers/silentLogger.ts'
import { createTempDir } from '../helpers/tempDir.ts'

const root = path.resolve(import.meta.dirname, '../..')
const model = path.join(root, 'resources/models/penknife-embed')

interface Bench {
  readonly library: Library
  readonly store: ChunkStore
}

/** A library with everything that the app puts into it. */
async function open(dataDir: string): Promise<Bench> {
  const start = createForkedHosts(path.join(root, 'out/main'))
  const paths = createPaths(dataDir)
  const profile = bundledEmbedder(model)
  const embedder = createHostEmbedder({ start, profile })
  const parser = createHostParser({ start })
  const { id, dimensions } = embedder
  const store = await openVectorStore({ directory: paths.index(id), dimensions })
  const library = await openLibrary({
    paths,
    parser,
    index: fixedIndex({ embedder, store, passageSize: passageSizeOf(profile) }),
    logger: silentLogger,
    notice: (sentence) => expect.fail(sentence),
  })
  onTestFinished(async () => {
    await library.close()
    await Promise.all([parser.dispose(), embedder.dispose(), store.close()])
  })
  return { library, store }
}

/** Names of the documents in which a text is found now. */
async function findIn({ library, store }: Bench, query: string): Promise<(string | undefined)[]> {
  const found = await store.searchFullText(query, { limit: 10 })
  return found
    .filter(({ chunk }) => library.isLive(chunk.contentId))
    .map(({ chunk }) => library.documentOf(chunk.contentId)?.name)
}

test('documents of several formats are found in their stored text', async () => {
  const temp = await createTempDir()
  const folder = path.join(temp, 'documents')
  await mkdir(folder)
  const files = {
    'ferry.md':
      '# Timetable\n\n## Winter\n\nThe ferry to Skarvik leaves at seven in the morning.\n',
    'garden.txt': 'Tomatoes need warmth.\n\nThe greenhouse is heated with wood chips.\n',
    'empty.txt': '',
    'broken.pdf': 'this is no PDF',
  }
  for (const [name, text] of Object.entries(files)) await writeFile(path.join(folder, name), text)
  const bench = await open(path.join(temp, 'data'))
  const { library, store } = bench
  await library.import([{ path: folder }], null)
  await library.idle()

  const rows = new Map(library.list().documents.map((row) => [row.name, row]))
  expect(rows.get('ferry.md')).toMatchObject({ state: 'indexed', format: 'markdown', pages: 1 })
  expect(rows.get('garden.txt')).toMatchObject({ state: 'indexed', format: 'text' })
  expect(rows.get('empty.txt')).toMatchObject({
    state: 'failed',
    reason: { code: 'document-empty' },
  })
  expect(rows.get('broken.pdf')?.reason?.message).toBeTruthy()
  expect(await findIn(bench, 'when does the ferry leave')).toEqual(['ferry.md'])
  for (const { chunk } of await store.searchFullText('ferry greenhouse', { limit: 10 })) {
    const id = library.documentOf(chunk.contentId)?.id ?? ''
    const { pages } = await library.pages(id, chunk.page, 1)
    expect(pages[0]?.text.slice(chunk.start, chunk.end)).toBe(chunk.text)
  }
})

test('a changed file is found by its new words only, also by the next process', async () => {
  const temp = await createTempDir()
  const file = path.join(temp, 'note.txt')
  const dataDir = path.join(temp, 'data')
  const first = await open(dataDir)
  await writeFile(file, 'The password of the boathouse is kept by Astrid.')
  await first.library.import([{ path: file }], null)
  await first.library.idle()
  expect(await findIn(first, 'boathouse')).toEqual(['note.txt'])

  await writeFile(file, 'The lighthouse was painted white last summer.')
  await first.library.import([{ path: file }], null)
  await first.library.idle()
  expect(await findIn(first, 'boathouse')).toEqual([])
  expect(await findIn(first, 'lighthouse')).toEqual(['note.txt'])
  expect(await first.store.count()).toBe(1)
  await first.library.close()
  await first.store.close()

  // Both the index and the original file are lost: the stored text is enough.
  await rm(path.join(dataDir, 'index'), { recursive: true })
  await rm(file)
  const second = await open(dataDir)
  await second.library.idle()
  expect(await findIn(second, 'lighthouse')).toEqual(['note.txt'])
})
