import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { createFakeChunkStore } from '../../../helpers/fakeChunkStore.ts'
import { createFakeParser } from '../../../helpers/fakeParser.ts'
import { createTempDir } from '../../../helpers/tempDir.ts'
import { openTestLibrary } from '../../../helpers/testLibrary.ts'

test('an index that lost a part of a document is filled again from the stored text', async () => {
  const root = await createTempDir()
  const folder = path.join(root, 'documents')
  await mkdir(folder)
  await writeFile(path.join(folder, 'a.txt'), 'one\ntwo\nthree')
  await writeFile(path.join(folder, 'b.txt'), 'four')
  const before = await openTestLibrary(root)
  await before.library.import([{ path: folder }], null)
  await before.library.idle()
  await before.library.close()
  const whole = [...before.store.chunks.values()]
  expect(whole).toHaveLength(4)

  const lossy = createFakeChunkStore()
  await lossy.add(whole.filter(({ text }) => text !== 'two'))
  const parser = createFakeParser()
  const { library } = await openTestLibrary(root, { store: lossy, parser })
  await library.idle()
  expect([...lossy.chunks.values()].map(({ text }) => text).sort()).toEqual(
    whole.map(({ text }) => text).sort(),
  )
  expect(library.list().documents.map(({ state, chunks }) => [state, chunks])).toEqual([
    ['indexed', 3],
    ['indexed', 1],
  ])
  expect(parser.read).toEqual([])
  await library.close()
})
