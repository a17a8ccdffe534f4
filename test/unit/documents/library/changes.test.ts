import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Library } from '../../../../src/main/documents/library.ts'
import { createTempDir } from '../../../helpers/tempDir.ts'
import { openTestLibrary } from '../../../helpers/testLibrary.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
})
afterEach(() => {
  vi.useRealTimers()
})

async function writeFiles(root: string, files: Record<string, string>): Promise<string> {
  const folder = path.join(root, 'documents')
  await mkdir(folder, { recursive: true })
  for (const [name, text] of Object.entries(files)) await writeFile(path.join(folder, name), text)
  return folder
}

async function importAll(library: Library, folder: string): Promise<readonly string[]> {
  const { documents } = await library.import([{ path: folder }], null)
  await library.idle()
  return documents
}

async function upload(library: Library, name: string, text: string): Promise<string> {
  const { id, file } = await library.uploads.create()
  await writeFile(file, text)
  await library.import([{ upload: id, name }], null)
  await library.idle()
  return id
}

test('a removed document is hidden at once and deleted after ten seconds', async () => {
  const root = await createTempDir()
  const folder = await writeFiles(root, { 'a.txt': 'one', 'b.txt': 'two' })
  const { library, store, paths } = await openTestLibrary(root)
  const [a = '', b = ''] = await importAll(library, folder)
  const contentId = library.get(a)?.contentId ?? ''
  await library.remove([a])
  expect(library.list().documents.map(({ id }) => id)).toEqual([b])
  expect(library.isLive(contentId)).toBe(false)
  expect(library.documentOf(contentId)).toBeUndefined()
  expect(store.chunks.size).toBe(2)

  await vi.advanceTimersByTimeAsync(10_000)
  await expect.poll(() => store.chunks.size).toBe(1)
  await expect.poll(() => readdir(paths.texts)).toHaveLength(1)
  await library.restore([a])
  expect(library.get(a)).toBeUndefined()
  await library.close()
})

test('a removed document can be restored within ten seconds', async () => {
  const root = await createTempDir()
  const folder = await writeFiles(root, { 'a.txt': 'one' })
  const { library, store } = await openTestLibrary(root)
  const [a = ''] = await importAll(library, folder)
  const before = library.get(a)
  await library.remove([a])
  await vi.advanceTimersByTimeAsync(9_000)
  await library.restore([a])
  await vi.advanceTimersByTimeAsync(20_000)
  expect(library.get(a)).toEqual(before)
  expect(store.chunks.size).toBe(1)
  expect(library.isLive(before?.contentId ?? '')).toBe(true)
  await library.close()
})

test('a removal survives a restart and is completed at the next start', async () => {
  const root = await createTempDir()
  const folder = await writeFiles(root, { 'a.txt': 'one', 'b.txt': 'two' })
  const first = await openTestLibrary(root)
  const [a = ''] = await importAll(first.library, folder)
  await first.library.remove([a])
  await first.library.close()
  expect(first.store.chunks.size).toBe(2)
  const second = await openTestLibrary(root, { store: first.store })
  expect(second.library.list().documents.map(({ name }) => name)).toEqual(['b.txt'])
  expect(second.store.chunks.size).toBe(1)
  await second.library.close()
})

test('the content of a removed document stays for another that shares it', async () => {
  const root = await createTempDir()
  const folder = await writeFiles(root, { 'a.txt': 'same', 'b.txt': 'same' })
  const { library, store } = await openTestLibrary(root)
  const [a = '', b = ''] = await importAll(library, folder)
  const contentId = library.get(a)?.contentId ?? ''
  await library.remove([a])
  await vi.advanceTimersByTimeAsync(11_000)
  expect(library.documentOf(contentId)?.id).toBe(b)
  expect(store.chunks.size).toBe(1)
  await library.close()
})

test('a document that is removed while it waits is not read', async () => {
  const root = await createTempDir()
  const folder = await writeFiles(root, { 'a.txt': 'one', 'b.txt': 'two' })
  const { library, store } = await openTestLibrary(root)
  library.pause()
  const { documents } = await library.import([{ path: folder }], null)
  await library.remove(documents.slice(0, 1))
  library.resume()
  await library.idle()
  expect([...store.chunks.values()].map(({ text }) => text)).toEqual(['two'])
  await library.restore(documents.slice(0, 1))
  await library.idle()
  expect(library.list().documents.map(({ state }) => state)).toEqual(['indexed', 'indexed'])
  await library.close()
})

test('an uploaded file is kept and serves as the original', async () => {
  const root = await createTempDir()
  const { library, paths } = await openTestLibrary(root)
  const id = await upload(library, 'Report.TXT', 'uploaded')
  const row = library.get(id)
  expect(row).toMatchObject({ name: 'Report.TXT', path: null, state: 'indexed' })
  const original = library.originalFile(id) ?? ''
  expect(path.basename(original)).toBe(`${row?.contentId ?? ''}.txt`)
  expect(await readFile(original, 'utf8')).toBe('uploaded')
  expect(await readdir(path.join(paths.spool, 'uploads'))).toEqual([])

  await library.remove([id])
  await vi.advanceTimersByTimeAsync(10_000)
  await expect.poll(() => readdir(paths.originals)).toEqual([])
  await library.close()
})

test('an upload with the same name is a new document, unless its text is the same', async () => {
  const root = await createTempDir()
  const { library, paths } = await openTestLibrary(root)
  const first = await upload(library, 'readme.txt', 'one')
  await upload(library, 'readme.txt', 'two')
  await upload(library, 'readme.txt', 'one')
  expect(library.list().documents.map(({ name, state }) => [name, state])).toEqual([
    ['readme.txt', 'unchanged'],
    ['readme.txt', 'indexed'],
  ])
  expect(library.list().documents[0]?.id).toBe(first)
  expect(await readdir(paths.originals)).toHaveLength(2)
  await library.close()
})

test('an upload with the same text under another name is a document of its own', async () => {
  const root = await createTempDir()
  const { library, store, paths } = await openTestLibrary(root)
  await upload(library, 'rules.txt', 'one')
  await upload(library, 'copy of rules.txt', 'one')
  expect(library.list().documents.map(({ name, state }) => [name, state])).toEqual([
    ['rules.txt', 'indexed'],
    ['copy of rules.txt', 'indexed'],
  ])
  expect(store.chunks.size).toBe(1)
  expect(await readdir(paths.originals)).toHaveLength(1)
  await library.close()
})

test('an upload that failed can be tried again, also after a restart', async () => {
  const root = await createTempDir()
  const first = await openTestLibrary(root)
  const id = await upload(first.library, 'bad.txt', 'fail:Not today.')
  expect(first.library.get(id)?.state).toBe('failed')
  const { file: abandoned } = await first.library.uploads.create()
  await writeFile(abandoned, 'never imported')
  await first.library.close()

  const { library, paths } = await openTestLibrary(root, { store: first.store })
  expect(await readdir(path.join(paths.spool, 'uploads'))).toEqual([id])
  await writeFile(path.join(paths.spool, 'uploads', id), 'better')
  await library.retry([id])
  await library.idle()
  expect(library.get(id)).toMatchObject({ state: 'indexed', reason: null })
  await library.close()
})

test('an unknown upload is an error', async () => {
  const { library } = await openTestLibrary(await createTempDir())
  for (const id of ['../../ledger.jsonl', '00000000-0000-0000-0000-000000000000']) {
    const importing = library.import([{ upload: id, name: 'x.txt' }], null)
    await expect(importing).rejects.toMatchObject({ code: 'not-found' })
  }
  await library.close()
})

test('an original that has changed or is missing is not offered as the one that was read', async () => {
  const root = await createTempDir()
  const folder = await writeFiles(root, { 'a.txt': 'one' })
  const { library } = await openTestLibrary(root)
  const [a = ''] = await importAll(library, folder)
  expect(library.originalFile(a)).toBe(path.join(folder, 'a.txt'))
  await writeFiles(root, { 'a.txt': 'changed' })
  expect(library.originalFile(a)).toBeNull()
  await rm(folder, { recursive: true })
  expect(library.originalFile(a)).toBeNull()
  expect((await library.wholeText(a)).map(({ text }) => text)).toEqual(['one'])
  await library.close()
})

test('collections group documents and limit what is searched', async () => {
  const root = await createTempDir()
  const folder = await writeFiles(root, { 'a.txt': 'one', 'b.txt': 'two', 'c.txt': 'one' })
  const first = await openTestLibrary(root)
  const { library } = first
  const [a = '', b = '', c = ''] = await importAll(library, folder)
  const contentOf = (id: string): string => library.get(id)?.contentId ?? ''
  const group = await library.createCollection(' Notes ')
  expect(group.name).toBe('Notes')
  await expect(library.createCollection('notes')).rejects.toMatchObject({ code: 'invalid-input' })
  await library.assign([b, c], group.id, true)

  const scope = { kind: 'collections', ids: [group.id] } as const
  expect(library.contentsIn(scope)).toEqual(new Set([contentOf(b), contentOf(c)]))
  expect(library.documentOf(contentOf(a))?.id).toBe(a)
  expect(library.documentOf(contentOf(a), scope)?.id).toBe(c)
  expect(library.contentsIn({ kind: 'documents', ids: [b] })).toEqual(new Set([contentOf(b)]))
  expect(library.contentsIn({ kind: 'none' })).toEqual(new Set())
  expect(library.contentsIn({ kind: 'all' })).toBeUndefined()

  await library.renameCollection(group.id, 'Papers')
  await library.assign([b], group.id, false)
  await library.close()
  const again = await openTestLibrary(root, { store: first.store })
  expect(again.library.list().collections).toEqual([{ id: group.id, name: 'Papers' }])
  expect(again.library.get(c)?.collections).toEqual([group.id])
  await again.library.deleteCollection(group.id)
  expect(again.library.list().documents.flatMap(({ collections }) => collections)).toEqual([])
  await expect(again.library.import([], group.id)).rejects.toMatchObject({ code: 'not-found' })
  await again.library.close()
})

test('a document is found by id, path or name', async () => {
  const root = await createTempDir()
  const folder = await writeFiles(root, { 'a.txt': 'one' })
  const { library } = await openTestLibrary(root)
  const [a = ''] = await importAll(library, folder)
  for (const text of [a, path.join(folder, 'a.txt'), 'a.txt']) {
    expect(library.resolve(text)?.id).toBe(a)
  }
  expect(library.resolve('b.txt')).toBeUndefined()
  await expect(library.find('nothing', 'x')).rejects.toMatchObject({ code: 'not-found' })
  await library.close()
})
