import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { timeInName, timeOfName } from '../../../../src/main/disk/jsonFile.ts'
import { createTempDir } from '../../../helpers/tempDir.ts'
import { openTestLibrary } from '../../../helpers/testLibrary.ts'

type Opened = Awaited<ReturnType<typeof openTestLibrary>>

/** A library whose one upload was set aside by a start that did not know it. */
async function makeAside({ withOriginal = true } = {}) {
  const root = await createTempDir()
  const opened = await openTestLibrary(root)
  const upload = await opened.library.uploads.create()
  await writeFile(upload.file, 'Tides\nThe ferry leaves at nine.')
  await opened.library.import([{ upload: upload.id, name: 'ferry.txt' }], null)
  await opened.library.idle()
  const [row] = opened.library.list().documents
  const contentId = row?.contentId ?? ''
  await opened.library.close()
  // Another list, which is intact and has never named it.
  await writeFile(opened.paths.ledger, '{"version":1}\n')
  if (!withOriginal) await rm(path.join(opened.paths.originals, `${contentId}.txt`))
  const again = await openTestLibrary(root, { store: opened.store })
  return { ...again, root, contentId }
}

function names({ library }: Opened): readonly string[] {
  return library.list().documents.map(({ name }) => name)
}

test('a document with its file is restored, and nothing is left behind', async () => {
  const made = await makeAside()
  const [item] = await made.library.setAside.list()
  expect(item).toMatchObject({ kind: 'document', name: 'Tides.txt', restorable: true })
  expect(item?.bytes).toBeGreaterThan(30)
  expect(Date.parse(item?.at ?? '')).toBeGreaterThan(Date.parse('2024-01-01'))

  const row = await made.library.setAside.restore(item?.id ?? '')
  await made.library.idle()
  expect(made.library.get(row.id)).toMatchObject({ state: 'indexed', contentId: made.contentId })
  expect(names(made)).toEqual(['Tides (recovered).txt'])
  expect((await made.library.wholeText(row.id)).map(({ text }) => text)).toEqual([
    'Tides\nThe ferry leaves at nine.',
  ])
  expect([...made.store.chunks.values()].map(({ contentId }) => contentId)).toContain(
    made.contentId,
  )
  expect(made.library.originalFile(row.id)).not.toBeNull()
  expect(await readdir(made.paths.setAside)).toEqual([])
  await made.library.close()

  const after = await openTestLibrary(made.root, { store: made.store })
  expect(after.notices).toEqual([])
  expect(names(after)).toEqual(['Tides (recovered).txt'])
  await after.library.close()
})

test('a document whose text alone was kept is indexed from it', async () => {
  const made = await makeAside({ withOriginal: false })
  const [item] = await made.library.setAside.list()
  const row = await made.library.setAside.restore(item?.id ?? '')
  await made.library.idle()
  expect(made.library.get(row.id)).toMatchObject({ state: 'indexed', pages: 1 })
  expect(made.store.chunks.size).toBeGreaterThan(0)
  await made.library.close()
})

test('a damaged text is not used: the file is read again', async () => {
  const made = await makeAside()
  const [time = ''] = await readdir(made.paths.setAside)
  const text = path.join(made.paths.setAside, time, 'texts', made.contentId, 'text.jsonl')
  await writeFile(text, (await readFile(text, 'utf8')).replace('nine', 'ten!'))
  const [item] = await made.library.setAside.list()
  const row = await made.library.setAside.restore(item?.id ?? '')
  await made.library.idle()
  expect((await made.library.wholeText(row.id)).map(({ text: one }) => one)).toEqual([
    'Tides\nThe ferry leaves at nine.',
  ])
  // The damaged text stays until a person deletes it.
  expect(await made.library.setAside.list()).toMatchObject([{ restorable: false }])
  await made.library.close()
  const after = await openTestLibrary(made.root, { store: made.store })
  expect(after.notices).toEqual([])
  await after.library.close()
})

test('a damaged file stays where it is: its text is restored without it', async () => {
  const made = await makeAside()
  const [time = ''] = await readdir(made.paths.setAside)
  const file = path.join(made.paths.setAside, time, 'originals', `${made.contentId}.txt`)
  await writeFile(file, 'damaged')
  const [item] = await made.library.setAside.list()
  const row = await made.library.setAside.restore(item?.id ?? '')
  await made.library.idle()
  expect(made.library.get(row.id)).toMatchObject({ state: 'indexed' })
  expect(await readFile(file, 'utf8')).toBe('damaged')
  await made.library.close()
  const after = await openTestLibrary(made.root, { store: made.store })
  expect(after.notices).toEqual([])
  await after.library.close()
})

test('a damaged text without its file stays where it is', async () => {
  const made = await makeAside({ withOriginal: false })
  const [time = ''] = await readdir(made.paths.setAside)
  const text = path.join(made.paths.setAside, time, 'texts', made.contentId, 'text.jsonl')
  await writeFile(text, 'garbage')
  const [item] = await made.library.setAside.list()
  await expect(made.library.setAside.restore(item?.id ?? '')).rejects.toMatchObject({
    code: 'invalid-input',
  })
  expect(names(made)).toEqual([])
  expect(await readFile(text, 'utf8')).toBe('garbage')
  await made.library.close()
})

test('a name that is taken gets a number, and what is in the library is not doubled', async () => {
  const made = await makeAside()
  const upload = await made.library.uploads.create()
  await writeFile(upload.file, 'another text')
  await made.library.import([{ upload: upload.id, name: 'Tides (recovered).txt' }], null)
  await made.library.idle()
  const [item] = await made.library.setAside.list()
  await made.library.setAside.restore(item?.id ?? '')
  await made.library.idle()
  expect(names(made)).toEqual(['Tides (recovered).txt', 'Tides (recovered) 2.txt'])

  await expect(made.library.setAside.restore(item?.id ?? '')).rejects.toMatchObject({
    code: 'not-found',
  })
  const again = path.join(made.paths.setAside, '20260102T030405678Z', 'originals')
  await mkdir(again, { recursive: true })
  await writeFile(path.join(again, `${made.contentId}.txt`), 'the same')
  const [known] = await made.library.setAside.list()
  expect(known).toMatchObject({ restorable: false, at: '2026-01-02T03:04:05.678Z' })
  await expect(made.library.setAside.restore(known?.id ?? '')).rejects.toMatchObject({
    code: 'invalid-input',
  })
  await made.library.close()
})

test('an upload that was never imported is imported', async () => {
  const opened = await openTestLibrary(await createTempDir())
  const folder = path.join(opened.paths.setAside, '20260102T030405678Z', 'uploads')
  await mkdir(folder, { recursive: true })
  await writeFile(path.join(folder, '00000000-0000-4000-8000-000000000000'), 'one\ntwo')
  const [item] = await opened.library.setAside.list()
  const row = await opened.library.setAside.restore(item?.id ?? '')
  await opened.library.idle()
  expect((await opened.library.wholeText(row.id)).map(({ text }) => text)).toEqual(['one\ntwo'])
  await opened.library.close()
})

test('only what a person names is deleted', async () => {
  const made = await makeAside()
  const files = path.join(made.paths.setAside, '20260102T030405678Z', 'files')
  await mkdir(files, { recursive: true })
  await writeFile(path.join(files, 'settings.json'), 'garbage')
  const items = await made.library.setAside.list()
  expect(items.map(({ kind, name }) => [kind, name])).toEqual([
    ['document', 'Tides.txt'],
    ['files', 'settings.json'],
  ])
  await made.library.setAside.remove([items[1]?.id ?? '', 'gone/files'])
  expect((await made.library.setAside.list()).map(({ name }) => name)).toEqual(['Tides.txt'])
  expect(await readdir(made.paths.setAside)).toHaveLength(1)
  await made.library.close()
})

test('the time of a name is the time that made it', () => {
  const noInvalidDate = { noInvalidDate: true, min: new Date(0), max: new Date('9999-12-31') }
  fc.assert(
    fc.property(fc.date(noInvalidDate), (time) => {
      expect(timeOfName(timeInName(time))).toBe(time.toISOString())
    }),
  )
  expect(timeOfName('my own folder')).toBeNull()
})
