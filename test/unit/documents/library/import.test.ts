import { copyFile, mkdir, readdir, rename, rm, utimes, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { readingNote, type LibraryDocument } from '../../../../src/shared/domain/libraryDocument.ts'
import type { Library } from '../../../../src/main/documents/library.ts'
import { createFakeParser } from '../../../helpers/fakeParser.ts'
import { createTempDir } from '../../../helpers/tempDir.ts'
import { openTestLibrary } from '../../../helpers/testLibrary.ts'

async function writeFiles(root: string, files: Record<string, string>): Promise<string> {
  const folder = path.join(root, 'documents')
  for (const [name, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true })
    await writeFile(path.join(folder, name), text)
  }
  return folder
}

async function importAll(library: Library, file: string): Promise<readonly LibraryDocument[]> {
  const { documents } = await library.import([{ path: file }], null)
  await library.idle()
  return documents.flatMap((id) => library.get(id) ?? [])
}

test('a folder becomes rows in the ledger and chunks in the index', async () => {
  const root = await createTempDir()
  const folder = await writeFiles(root, {
    'a.txt': 'one\ntwo',
    'sub/b.md': 'three',
    'picture.png': 'not a document',
    '.DS_Store': 'x',
  })
  const { library, store } = await openTestLibrary(root)
  const receipt = await library.import([{ path: folder }], null)
  await library.idle()

  expect(receipt).toMatchObject({ queued: 2, skipped: 1 })
  const rows = library.list().documents
  expect(rows.map(({ name, state, chunks }) => [name, state, chunks])).toEqual([
    ['a.txt', 'indexed', 2],
    ['b.md', 'indexed', 1],
  ])
  expect([...store.chunks.values()].map(({ text }) => text).sort()).toEqual(['one', 'three', 'two'])
  expect([...store.chunks.values()].every(({ contentId }) => library.isLive(contentId))).toBe(true)
  expect(store.optimized()).toBe(1)
  await library.close()
})

test('stored pages are the text that chunks point into', async () => {
  const root = await createTempDir()
  const folder = await writeFiles(root, { 'a.txt': 'first\fsecond Größe\fthird' })
  const { library } = await openTestLibrary(root)
  const [row] = await importAll(library, folder)
  const id = row?.id ?? ''
  const { total, pages, drawable } = await library.pages(id, 2, 5)
  expect({ total, drawable }).toEqual({ total: 3, drawable: false })
  expect(pages.map(({ page, text, layout }) => [page, text, layout])).toEqual([
    [2, 'second Größe', null],
    [3, 'third', null],
  ])
  expect(await library.find(id, 'GRÖSSE')).toEqual([{ page: 2, start: 7, end: 12 }])
  expect((await library.passages(id)).map(({ page, start, end }) => [page, start, end])).toEqual([
    [1, 0, 5],
    [2, 0, 12],
    [3, 0, 5],
  ])
  expect((await library.wholeText(id)).map(({ text }) => text)).toEqual([
    'first',
    'second Größe',
    'third',
  ])
  await library.close()
})

test('a file that has not changed is not read again', async () => {
  const root = await createTempDir()
  const folder = await writeFiles(root, { 'a.txt': 'one' })
  const parser = createFakeParser()
  const { library } = await openTestLibrary(root, { parser })
  await importAll(library, folder)
  const [again] = await importAll(library, folder)
  expect(again?.state).toBe('unchanged')
  expect(parser.read).toHaveLength(1)

  await utimes(path.join(folder, 'a.txt'), 1, 1)
  const [touched] = await importAll(library, folder)
  expect(touched).toMatchObject({ state: 'unchanged', modifiedMs: 1_000 })
  expect(parser.read).toHaveLength(2)
  await library.close()
})

test('a changed file replaces its old chunks', async () => {
  const root = await createTempDir()
  const folder = await writeFiles(root, { 'a.txt': 'old one\nold two' })
  const { library, store, paths } = await openTestLibrary(root)
  const [before] = await importAll(library, folder)
  await writeFiles(root, { 'a.txt': 'new' })
  const [after] = await importAll(library, folder)
  expect(after).toMatchObject({ id: before?.id, state: 'indexed', chunks: 1 })
  expect([...store.chunks.values()].map(({ text }) => text)).toEqual(['new'])
  expect(await readdir(paths.texts)).toEqual([after?.contentId])
  await library.close()
})

test('the same content is stored once, until its last document is gone', async () => {
  const root = await createTempDir()
  const folder = await writeFiles(root, { 'a.txt': 'same', 'b.txt': 'same' })
  const { library, store } = await openTestLibrary(root)
  const rows = await importAll(library, folder)
  expect(rows.map(({ state }) => state)).toEqual(['indexed', 'indexed'])
  expect(store.chunks.size).toBe(1)

  await writeFiles(root, { 'a.txt': 'other' })
  await importAll(library, folder)
  expect([...store.chunks.values()].map(({ text }) => text).sort()).toEqual(['other', 'same'])
  await library.close()
})

test('a file that cannot be read says why, and the others are imported', async () => {
  const root = await createTempDir()
  const folder = await writeFiles(root, {
    'a.txt': 'fail:It is broken.',
    'b.txt': '',
    'c.txt': 'fine',
    'd.txt': 'fine too\f(picture)',
  })
  const { library } = await openTestLibrary(root)
  const rows = await importAll(library, folder)
  expect(rows.map(({ state, reason, unreadPages }) => [state, reason?.code, unreadPages])).toEqual([
    ['failed', 'document-unreadable', []],
    ['failed', 'document-empty', []],
    ['indexed', undefined, []],
    ['partly-read', 'document-unreadable', [2]],
  ])
  await library.close()
})

test('what was left out of a file is told in its row, and counts only where it holds text', async () => {
  const root = await createTempDir()
  const folder = await writeFiles(root, {
    'a.txt': 'fine (left out: picture)',
    'b.txt': 'fine too (left out: message-part)',
  })
  const { library } = await openTestLibrary(root)
  const rows = await importAll(library, folder)
  expect(rows.map((row) => [row.state, readingNote(row)])).toEqual([
    ['indexed', '1 picture was not read.'],
    ['partly-read', '1 part of the message was not read.'],
  ])
  const again = await importAll(library, folder)
  expect(again.map(({ state }) => state)).toEqual(['unchanged', 'partly-read'])
  await library.close()
})

test('if a changed file cannot be read, its old text can still be found', async () => {
  const root = await createTempDir()
  const folder = await writeFiles(root, { 'a.txt': 'good' })
  const { library, store } = await openTestLibrary(root)
  const [before] = await importAll(library, folder)
  await writeFiles(root, { 'a.txt': 'fail:It is broken now.' })
  const [after] = await importAll(library, folder)
  expect(after).toMatchObject({ state: 'failed', contentId: before?.contentId })
  expect([...store.chunks.values()].map(({ text }) => text)).toEqual(['good'])

  await writeFiles(root, { 'a.txt': 'good again' })
  await library.retry([after?.id ?? ''])
  await library.idle()
  expect(library.get(after?.id ?? '')).toMatchObject({ state: 'indexed', reason: null })
  await library.close()
})

test('a file that is named directly is tried whatever its extension, one that is missing fails', async () => {
  const root = await createTempDir()
  const folder = await writeFiles(root, { 'notes.xyz': 'text' })
  const { library } = await openTestLibrary(root)
  const named = await importAll(library, path.join(folder, 'notes.xyz'))
  expect(named).toMatchObject([{ state: 'indexed' }])
  const missing = await importAll(library, path.join(folder, 'missing.txt'))
  expect(missing).toMatchObject([{ state: 'failed', reason: { code: 'not-found' } }])
  await library.close()
})

test('a reopened library has all documents and no pending work', async () => {
  const root = await createTempDir()
  const folder = await writeFiles(root, { 'a.txt': 'one', 'b.txt': 'fail:Broken.' })
  const first = await openTestLibrary(root)
  await importAll(first.library, folder)
  const rows = first.library.list().documents
  await first.library.close()

  const parser = createFakeParser()
  const second = await openTestLibrary(root, { store: first.store, parser })
  await second.library.idle()
  expect(second.library.list().documents).toEqual(rows)
  expect(parser.read).toEqual([])
  await second.library.close()
})

test('a lost index is rebuilt from the stored text', async () => {
  const root = await createTempDir()
  const folder = await writeFiles(root, { 'a.txt': 'one\ntwo', 'b.txt': 'one\ntwo' })
  const first = await openTestLibrary(root)
  await importAll(first.library, folder)
  await first.library.close()
  await rm(folder, { recursive: true })

  const second = await openTestLibrary(root)
  await second.library.idle()
  expect(second.store.chunks.size).toBe(2)
  expect(second.library.list().documents).toMatchObject([
    { state: 'indexed', reason: null },
    { state: 'indexed', reason: null },
  ])
  await second.library.close()
})

test('a renamed folder that is imported again keeps its rows and collections', async () => {
  const root = await createTempDir()
  const folder = await writeFiles(root, { 'a.txt': 'one\ntwo', 'b.txt': 'three' })
  const { library, store } = await openTestLibrary(root)
  const { id } = await library.createCollection('Numbers')
  await library.import([{ path: folder }], id)
  await library.idle()
  const before = library.list().documents
  const renamed = path.join(root, 'renamed')
  await rename(folder, renamed)
  await rename(path.join(renamed, 'b.txt'), path.join(renamed, 'c.txt'))

  await importAll(library, renamed)
  const after = library.list().documents
  expect(after.map((row) => row.id)).toEqual(before.map((row) => row.id))
  expect(after.map(({ name, path: file }) => [name, file])).toEqual([
    ['a.txt', path.join(renamed, 'a.txt')],
    ['c.txt', path.join(renamed, 'c.txt')],
  ])
  expect(after.every(({ collections }) => collections.includes(id))).toBe(true)
  expect(store.chunks.size).toBe(3)
  await library.close()
})

test('a copy of a file that is still there is a document of its own', async () => {
  const root = await createTempDir()
  const folder = await writeFiles(root, { 'a.txt': 'one' })
  const { library } = await openTestLibrary(root)
  await importAll(library, folder)
  await copyFile(path.join(folder, 'a.txt'), path.join(folder, 'copy.txt'))
  await importAll(library, folder)
  expect(library.list().documents.map(({ name }) => name)).toEqual(['a.txt', 'copy.txt'])
  await library.close()
})

test.skipIf(process.platform === 'win32')(
  'a name that reorders its letters or breaks the line is shown without that',
  async () => {
    const root = await createTempDir()
    const names = ['fares\u202efdp.txt', 'a.pdf, page 1\n[1] b.txt', 'bell\u0007\u009b31m.txt']
    const folder = await writeFiles(root, Object.fromEntries(names.map((name) => [name, name])))
    const { library } = await openTestLibrary(root)
    const rows = await importAll(library, folder)
    expect(rows.map(({ name }) => name).sort()).toEqual([
      'a.pdf, page 1 [1] b.txt',
      'bell\ufffd\ufffd31m.txt',
      'fares\ufffdfdp.txt',
    ])
    expect(
      rows.every(
        ({ state, path: file }) => state === 'indexed' && names.includes(path.basename(file ?? '')),
      ),
    ).toBe(true)
    await library.close()
  },
)

const isBytesNamed = process.platform === 'linux'
const latin1Path = (folder: string, name: string): Buffer =>
  Buffer.concat([Buffer.from(`${folder}/`), Buffer.from(name, 'latin1')])

test.runIf(isBytesNamed)('a name in Latin-1 is shown, opened and recognised', async () => {
  const root = await createTempDir()
  const folder = await writeFiles(root, { 'A.txt': 'one' })
  await writeFile(latin1Path(folder, 'Müller.txt'), 'two')
  const { library } = await openTestLibrary(root)
  const rows = await importAll(library, folder)
  expect(rows.map(({ name, state }) => [name, state])).toEqual([
    ['A.txt', 'indexed'],
    ['Müller.txt', 'indexed'],
  ])
  const [, row] = rows
  const id = row?.id ?? ''
  expect((await library.wholeText(id)).map(({ text }) => text)).toEqual(['two'])
  expect(library.originalFile(id)).toBe(row?.path)
  expect(await importAll(library, folder)).toMatchObject([{}, { id, state: 'unchanged' }])
  await library.close()

  const { library: again } = await openTestLibrary(root)
  expect(await importAll(again, folder)).toMatchObject([{}, { id }])
  expect(again.resolve('Müller.txt')?.id).toBe(id)
  await rename(latin1Path(folder, 'Müller.txt'), path.join(folder, 'Maier.txt'))
  await importAll(again, folder)
  expect(again.list().documents).toMatchObject([
    { name: 'A.txt' },
    { id, name: 'Maier.txt', path: path.join(folder, 'Maier.txt') },
  ])
  await again.close()
})

test.runIf(isBytesNamed)(
  'a file whose letters are composed by now is the same document',
  async () => {
    const root = await createTempDir()
    const folder = await writeFiles(root, { 'Mu\u0308ller.txt': 'one' })
    const { library } = await openTestLibrary(root)
    const [row] = await importAll(library, folder)
    expect(row?.name).toBe('M\u00FCller.txt')
    const composed = path.join(folder, 'M\u00FCller.txt')
    await rename(path.join(folder, 'Mu\u0308ller.txt'), composed)
    await writeFile(composed, 'two')
    await importAll(library, folder)
    expect(library.list().documents).toMatchObject([{ id: row?.id, path: composed, words: 1 }])
    // Both spellings can exist beside each other.
    await writeFiles(root, { 'Mu\u0308ller.txt': 'three' })
    expect(await importAll(library, folder)).toHaveLength(2)
    expect(library.list().documents).toHaveLength(2)
    await library.close()
  },
)

test('documents of one name are told apart by their folders', async () => {
  const root = await createTempDir()
  const folder = await writeFiles(root, { '2023/r.txt': 'one', '2024/r.txt': 'two', 's.txt': 'x' })
  const { library } = await openTestLibrary(root)
  const rows = await importAll(library, folder)
  const cited = rows.map(({ contentId }) => library.citedDocument(contentId ?? '')?.name)
  expect(cited).toEqual(['r.txt (2023)', 'r.txt (2024)', 's.txt'])
  expect(library.resolve('r.txt (2024)')?.id).toBe(rows[1]?.id)
  expect(library.resolve('s.txt')?.id).toBe(rows[2]?.id)
  expect(() => library.resolve('r.txt')).toThrow('r.txt (2023), r.txt (2024)')
  await library.remove([rows[0]?.id ?? ''])
  expect(library.resolve('r.txt')?.id).toBe(rows[1]?.id)
  await library.close()
})
