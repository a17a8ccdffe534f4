import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import type { Paths } from '../../../../src/main/disk/paths.ts'
import { createPaths } from '../../../../src/main/disk/paths.ts'
import { createTempDir } from '../../../helpers/tempDir.ts'
import { openTestLibrary } from '../../../helpers/testLibrary.ts'

type Open = Awaited<ReturnType<typeof openTestLibrary>>

/** A closed library of an upload and a file, in a collection. */
async function makeLibrary(root: string): Promise<Paths> {
  const folder = path.join(root, 'documents')
  await mkdir(folder)
  await writeFile(path.join(folder, 'kept.txt'), 'The kudu allowance is 81 euros.')
  const { library, paths } = await openTestLibrary(root)
  const { id } = await library.createCollection('Travel')
  await library.import([{ path: path.join(folder, 'kept.txt') }], id)
  const upload = await library.uploads.create()
  await writeFile(upload.file, 'The oars are blue.')
  await library.import([{ upload: upload.id, name: 'oars.txt' }], null)
  await library.idle()
  await library.close()
  return paths
}

async function names(folder: string): Promise<readonly string[]> {
  return (await readdir(folder)).sort()
}

async function textsOf({ library }: Open): Promise<readonly string[]> {
  const texts = await Promise.all(
    library.list().documents.map(async ({ id }) => (await library.pages(id, 1, 5)).pages[0]?.text),
  )
  return texts.map((text) => text ?? '').sort()
}

const both = ['The kudu allowance is 81 euros.', 'The oars are blue.']

const damages: readonly (readonly [string, (file: string) => Promise<unknown>])[] = [
  ['missing', (file) => rm(file)],
  ['empty', (file) => writeFile(file, '')],
  ['full of NULs', async (file) => writeFile(file, Buffer.alloc((await stat(file)).size))],
  ['garbage', (file) => writeFile(file, 'ï¿½\u0001 nothing {"put": \n[[[\n')],
  [
    'without its first line',
    async (file) => {
      const [, ...lines] = (await readFile(file, 'utf8')).split('\n')
      await writeFile(file, lines.join('\n'))
    },
  ],
  [
    'with one broken line',
    async (file) => {
      const text = await readFile(file, 'utf8')
      await writeFile(file, text.replace('"name":"oars.txt"', '"name:"oars.txt"'))
    },
  ],
]

test.each(damages)('a ledger that is %s is restored from its copy', async (_how, damage) => {
  const root = await createTempDir()
  const paths = await makeLibrary(root)
  const stored = [await names(paths.texts), await names(paths.originals)]
  await damage(paths.ledger)

  const again = await openTestLibrary(root)
  await again.library.idle()
  const { documents, collections } = again.library.list()
  expect(documents.map(({ name }) => name).sort()).toEqual(['kept.txt', 'oars.txt'])
  const kept = documents.find(({ name }) => name === 'kept.txt')
  expect(kept?.collections).toEqual(collections.map(({ id }) => id))
  expect(kept?.path).toBe(path.join(root, 'documents', 'kept.txt'))
  expect(await textsOf(again)).toEqual(both)
  expect([await names(paths.texts), await names(paths.originals)]).toEqual(stored)
  expect(again.notices.join(' ')).toContain('was damaged')
  await again.library.close()

  const third = await openTestLibrary(root)
  expect(third.library.list().documents).toHaveLength(2)
  expect(third.notices).toEqual([])
  await third.library.close()
})

test.each(damages.slice(0, 4))(
  'a ledger that is %s and has no copy is restored from texts and originals',
  async (_how, damage) => {
    const root = await createTempDir()
    const paths = await makeLibrary(root)
    await rm(paths.ledgerBackup)
    await damage(paths.ledger)

    const again = await openTestLibrary(root)
    await again.library.idle()
    expect(await textsOf(again)).toEqual(both)
    const found = again.library.list().documents.map(({ name, state }) => [name, state])
    expect(found.map(([name]) => name)).toEqual(
      expect.arrayContaining([
        'The oars are blue (recovered).txt',
        'The kudu allowance is 81 euros (recovered)',
      ]),
    )
    expect(found.every(([, state]) => state === 'indexed' || state === 'unchanged')).toBe(true)
    expect(again.store.chunks.size).toBe(2)
    expect(again.notices.join(' ')).toContain('2 documents from stored text')

    // The file itself tells name and path again.
    const file = path.join(root, 'documents', 'kept.txt')
    await again.library.import([{ path: file }], null)
    await again.library.idle()
    const located = again.library.list().documents.map((row) => [row.name, row.path])
    expect(located).toHaveLength(2)
    expect(located).toContainEqual(['kept.txt', file])
    await again.library.close()
  },
)

test('what an intact ledger doesn’t know is set aside, not deleted', async () => {
  const root = await createTempDir()
  const paths = await makeLibrary(root)
  // An older ledger, as a backup program may restore it.
  const [head] = (await readFile(paths.ledger, 'utf8')).split('\n')
  await writeFile(paths.ledger, `${head ?? ''}\n`)
  const stored = [await names(paths.texts), await names(paths.originals)]

  const again = await openTestLibrary(root)
  expect(again.library.list().documents).toEqual([])
  expect([await names(paths.texts), await names(paths.originals)]).toEqual([[], []])
  const [aside] = await names(paths.setAside)
  const folder = path.join(paths.setAside, aside ?? '')
  expect([
    await names(path.join(folder, 'texts')),
    await names(path.join(folder, 'originals')),
  ]).toEqual(stored)
  expect(again.notices).toEqual([expect.stringContaining(folder)])
  await again.library.close()

  const third = await openTestLibrary(root)
  expect(third.notices).toEqual([])
  await third.library.close()
})

test('what a killed import has stored is deleted without a word', async () => {
  const root = await createTempDir()
  const paths = await makeLibrary(root)
  const [head] = (await readFile(paths.ledger, 'utf8')).split('\n')
  await writeFile(paths.ledger, `${head ?? ''}\n`)
  for (const contentId of await names(paths.texts)) {
    await writeFile(path.join(paths.spool, 'adopting', contentId), '')
  }

  const again = await openTestLibrary(root)
  expect([await names(paths.texts), await names(paths.originals)]).toEqual([[], []])
  expect(await names(path.join(paths.spool, 'adopting'))).toEqual([])
  expect(again.notices).toEqual([])
  await again.library.close()
})

test('what was removed is deleted by the next start without a word', async () => {
  const root = await createTempDir()
  const paths = await makeLibrary(root)
  const before = await openTestLibrary(root)
  await before.library.remove(before.library.list().documents.map(({ id }) => id))
  await before.library.close()
  expect(await names(paths.texts)).toHaveLength(2)

  const again = await openTestLibrary(root)
  expect([await names(paths.texts), await names(paths.originals)]).toEqual([[], []])
  expect(again.notices).toEqual([])
  await again.library.close()
})

test('an upload whose text is lost is read again from its original', async () => {
  const root = await createTempDir()
  const paths = await makeLibrary(root)
  await rm(paths.texts, { recursive: true })

  const again = await openTestLibrary(root)
  await again.library.idle()
  expect(await textsOf(again)).toEqual(both)
  expect(await names(paths.originals)).toHaveLength(1)
  await again.library.close()
})

test('an upload that was never imported is set aside, half an upload is removed', async () => {
  const root = await createTempDir()
  const paths = await makeLibrary(root)
  const uploads = path.join(paths.spool, 'uploads')
  const id = '00000000-0000-4000-8000-000000000000'
  await writeFile(path.join(uploads, id), 'whole')
  await writeFile(path.join(uploads, `${id}.part`), 'hal')

  const again = await openTestLibrary(root)
  expect(await names(uploads)).toEqual([])
  const [aside] = await names(paths.setAside)
  expect(await names(path.join(paths.setAside, aside ?? '', 'uploads'))).toEqual([id])
  expect(again.notices).toEqual([expect.stringContaining('1 document (5 bytes)')])
  await again.library.close()
})

test('a new library has nothing to restore', async () => {
  const root = await createTempDir()
  const { library, notices } = await openTestLibrary(root)
  await library.close()
  expect(notices).toEqual([])
  expect(await names(path.dirname(createPaths(path.join(root, 'data')).ledger))).toContain(
    'ledger.jsonl',
  )
})
