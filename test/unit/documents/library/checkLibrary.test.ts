import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { createAsideFiles } from '../../../../src/main/disk/asideFiles.ts'
import type { FoundFault } from '../../../../src/main/disk/checkTask.ts'
import type { LibraryFault } from '../../../../src/main/documents/checking/findFaults.ts'
import { createTempDir } from '../../../helpers/tempDir.ts'
import { openTestLibrary } from '../../../helpers/testLibrary.ts'

const { signal } = new AbortController()

/** A library of one imported file and one upload. */
async function makeLibrary() {
  const root = await createTempDir()
  const folder = path.join(root, 'documents')
  await mkdir(folder)
  await writeFile(path.join(folder, 'file.txt'), 'one\ntwo\nthree')
  const opened = await openTestLibrary(root)
  await opened.library.import([{ path: folder }], null)
  const upload = await opened.library.uploads.create()
  await writeFile(upload.file, 'four\nfive')
  await opened.library.import([{ upload: upload.id, name: 'upload.txt' }], null)
  await opened.library.idle()
  return { ...opened, root, folder }
}

type Made = Awaited<ReturnType<typeof makeLibrary>>

function contentOf({ library }: Made, name: string): string {
  return library.resolve(name)?.contentId ?? ''
}

async function check({ library }: Made): Promise<readonly FoundFault[]> {
  const found = await Promise.all(library.checks().map((task) => task.find(signal)))
  return found.flat()
}

async function faultsOf(made: Made): Promise<Readonly<Record<string, unknown>>> {
  const kinds: Record<string, string[]> = {}
  for (const { name, kind } of await check(made)) (kinds[name] ??= []).push(kind)
  return kinds
}

async function repair(made: Made): Promise<void> {
  const aside = createAsideFiles(made.paths, Date.now)
  for (const { runRepair } of await check(made)) await runRepair?.(aside)
  await made.library.idle()
}

async function edit(file: string, change: (text: string) => string): Promise<void> {
  const before = await readFile(file, 'utf8')
  expect(change(before)).not.toBe(before)
  await writeFile(file, change(before))
}

function textFile(made: Made, name: string, file = 'text.jsonl'): string {
  return path.join(made.paths.texts, contentOf(made, name), file)
}

async function passagesOf(made: Made, name: string): Promise<string> {
  const names = await readdir(path.dirname(textFile(made, name)))
  return textFile(made, name, names.find((one) => one.startsWith('chunks')) ?? '')
}

function originalOf(made: Made): string {
  return path.join(made.paths.originals, `${contentOf(made, 'upload.txt')}.txt`)
}

test('an intact library has no faults', async () => {
  const made = await makeLibrary()
  expect(await faultsOf(made)).toEqual({})
  await made.library.close()
})

type Damage = readonly [string, string, LibraryFault, (made: Made) => Promise<unknown>]

const repairable: readonly Damage[] = [
  ['a missing text', 'file.txt', 'text', (made) => rm(textFile(made, 'file.txt'))],
  ['an empty text', 'upload.txt', 'text', (made) => writeFile(textFile(made, 'upload.txt'), '')],
  [
    'a text of NULs',
    'file.txt',
    'text',
    (made) => writeFile(textFile(made, 'file.txt'), Buffer.alloc(100)),
  ],
  [
    'a folder in place of the text',
    'upload.txt',
    'text',
    async (made) => {
      await rm(textFile(made, 'upload.txt'))
      await mkdir(textFile(made, 'upload.txt'))
    },
  ],
  [
    'one changed word of the text',
    'file.txt',
    'text',
    (made) => edit(textFile(made, 'file.txt'), (text) => text.replace('two', 'TWO')),
  ],
  [
    'a passage that is cut off',
    'upload.txt',
    'index',
    async (made) => edit(await passagesOf(made, 'upload.txt'), (text) => text.slice(0, -9)),
  ],
  ['missing passages', 'file.txt', 'index', async (made) => rm(await passagesOf(made, 'file.txt'))],
  [
    'a vector that the index lost',
    'file.txt',
    'index',
    (made) => {
      made.store.loseVector(`${contentOf(made, 'file.txt')}:1`)
      return Promise.resolve()
    },
  ],
  [
    'places on pages that are garbage',
    'file.txt',
    'layout',
    (made) => writeFile(textFile(made, 'file.txt', 'layout.jsonl'), 'garbage\n'),
  ],
  [
    'a passage that the index lost',
    'file.txt',
    'index',
    (made) => {
      made.store.lose(`${contentOf(made, 'file.txt')}:1`)
      return Promise.resolve()
    },
  ],
]

test.each(repairable)('%s is found and repaired', async (_what, name, fault, damage) => {
  const made = await makeLibrary()
  await damage(made)
  expect(await faultsOf(made)).toEqual({ [name]: [fault] })

  await repair(made)
  expect(await faultsOf(made)).toEqual({})
  const texts = await Promise.all(
    made.library.list().documents.map(({ id }) => made.library.wholeText(id)),
  )
  expect(texts.flat().map(({ text }) => text)).toEqual(['one\ntwo\nthree', 'four\nfive'])
  await made.library.close()
})

test('a damaged original is moved aside, and its text stays', async () => {
  const made = await makeLibrary()
  await edit(originalOf(made), (text) => text.replace('four', 'five'))
  expect(await faultsOf(made)).toEqual({ 'upload.txt': ['original'] })

  await repair(made)
  expect(await faultsOf(made)).toEqual({ 'upload.txt': ['original-missing'] })
  const [aside = ''] = await readdir(made.paths.setAside)
  expect(await readdir(path.join(made.paths.setAside, aside, 'originals'))).toHaveLength(1)
  await made.library.close()
})

test('a damaged text whose file is gone is left where it is', async () => {
  const made = await makeLibrary()
  await rm(path.join(made.folder, 'file.txt'))
  await edit(textFile(made, 'file.txt'), (text) => text.slice(1))
  await repair(made)
  expect(await faultsOf(made)).toEqual({ 'file.txt': ['text'] })
  expect(await readdir(made.paths.texts)).toHaveLength(2)
  await made.library.close()
})

test('a check can be cancelled', async () => {
  const made = await makeLibrary()
  const [task] = made.library.checks().slice(-1)
  await expect(task?.find(AbortSignal.abort())).rejects.toMatchObject({ code: 'cancelled' })
  await made.library.close()
})
