import { mkdir, readdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import type { ImportProgress } from '../../../../src/shared/contract/documents.ts'
import type { Library } from '../../../../src/main/documents/library.ts'
import { AppError } from '../../../../src/shared/errors.ts'
import { createFakeChunkStore } from '../../../helpers/fakeChunkStore.ts'
import { createFakeEmbedder } from '../../../helpers/fakeEmbedder.ts'
import { createFakeParser } from '../../../helpers/fakeParser.ts'
import { createTempDir } from '../../../helpers/tempDir.ts'
import { openTestLibrary } from '../../../helpers/testLibrary.ts'

async function writeFiles(root: string, files: Record<string, string>): Promise<string> {
  const folder = path.join(root, 'documents')
  await mkdir(folder, { recursive: true })
  for (const [name, text] of Object.entries(files)) await writeFile(path.join(folder, name), text)
  return folder
}

const numbered = (count: number): Record<string, string> =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [`${String(n)}.txt`, `text ${n}`]))

function states(library: Library): string[] {
  return library.list().documents.map(({ name, state }) => `${name} ${state}`)
}

/** A gate at which callers wait until it is opened. */
function createGate(): { pass: () => Promise<void>; reached: Promise<void>; open: () => void } {
  let open = (): void => undefined
  let reach = (): void => undefined
  const opened = new Promise<void>((resolve) => (open = resolve))
  const reached = new Promise<void>((resolve) => (reach = resolve))
  return {
    reached,
    open: () => open(),
    pass() {
      reach()
      return opened
    },
  }
}

test('a paused queue reads no further file until it is resumed', async () => {
  const root = await createTempDir()
  const folder = await writeFiles(root, numbered(5))
  const { library } = await openTestLibrary(root)
  library.pause()
  await library.import([{ path: folder }], null)
  await library.idle()
  expect(library.progress()).toMatchObject({ total: 5, done: 0, paused: true })
  expect(states(library)[0]).toBe('0.txt queued')
  library.resume()
  await library.idle()
  expect(states(library).every((text) => text.endsWith(' indexed'))).toBe(true)
  expect(library.progress()).toEqual({
    total: 0,
    done: 0,
    failed: 0,
    current: null,
    reading: null,
    paused: false,
    secondsLeft: null,
  })
  await library.close()
})

test('a pause takes effect in the middle of a long document', async () => {
  const root = await createTempDir()
  const lines = Array.from({ length: 600 }, (_, n) => `line ${String(n)}`).join('\n')
  const folder = await writeFiles(root, { 'long.txt': lines })
  const gate = createGate()
  const embedder = createFakeEmbedder({ before: () => gate.pass() })
  const { library, store } = await openTestLibrary(root, { embedder })
  await library.import([{ path: folder }], null)
  await gate.reached
  library.pause()
  gate.open()
  await expect.poll(() => store.chunks.size).toBeGreaterThan(0)
  const whenPaused = embedder.texts.length
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(embedder.texts).toHaveLength(whenPaused)
  library.resume()
  await library.idle()
  expect(store.chunks.size).toBe(600)
  await library.close()
})

test('cancel stops the current file and empties the queue', async () => {
  const root = await createTempDir()
  const folder = await writeFiles(root, numbered(30))
  const gate = createGate()
  const embedder = createFakeEmbedder({ before: () => gate.pass() })
  const { library, store, paths } = await openTestLibrary(root, { embedder })
  await library.import([{ path: folder }], null)
  await gate.reached
  const cancelling = library.cancel()
  gate.open()
  await cancelling
  await library.idle()
  expect(library.list().documents).toEqual([])
  expect(store.chunks.size).toBe(0)
  expect(await readdir(path.join(paths.spool, 'parsed'))).toEqual([])
  expect(library.progress().total).toBe(0)

  await library.import([{ path: folder }], null)
  await library.idle()
  expect(library.list().documents).toHaveLength(30)
  await library.close()
})

test('cancel leaves documents that were already imported unchanged', async () => {
  const root = await createTempDir()
  const folder = await writeFiles(root, { 'a.txt': 'old', 'b.txt': 'old\f(picture)' })
  const { library, store } = await openTestLibrary(root)
  await library.import([{ path: folder }], null)
  await library.idle()
  await writeFiles(root, { 'a.txt': 'newer', 'b.txt': 'newer', 'c.txt': 'new' })
  library.pause()
  await library.import([{ path: folder }], null)
  expect(states(library)).toEqual(['a.txt queued', 'b.txt queued', 'c.txt queued'])
  await library.cancel()
  expect(states(library)).toEqual(['a.txt indexed', 'b.txt partly-read'])
  expect([...store.chunks.values()].map(({ text }) => text)).toContain('old')
  await library.close()
})

test('a full disk pauses the queue and says so; nothing is repeated afterwards', async () => {
  const root = await createTempDir()
  const folder = await writeFiles(root, numbered(3))
  let full = true
  const store = createFakeChunkStore({
    before: () =>
      full
        ? Promise.reject(new Error('LanceDB: IO error: No space left on device (os error 28)'))
        : Promise.resolve(),
  })
  const { library, notices } = await openTestLibrary(root, { store })
  await library.import([{ path: folder }], null)
  await library.idle()
  expect(library.progress()).toMatchObject({ paused: true, total: 3 })
  expect(notices).toEqual([
    'The disk is full, so the import was paused. Free up some space, then resume the import.',
  ])
  expect(states(library)[0]).toBe('0.txt queued')
  expect(states(library).some((text) => text.endsWith(' failed'))).toBe(false)
  full = false
  library.resume()
  await library.idle()
  expect(states(library).every((text) => text.endsWith(' indexed'))).toBe(true)
  await library.close()
})

test('a text that crashes the embedder fails alone', async () => {
  const root = await createTempDir()
  const folder = await writeFiles(root, { ...numbered(6), '3.txt': 'poison' })
  const embedder = createFakeEmbedder({
    before: (texts) =>
      texts.includes('poison')
        ? Promise.reject(new AppError('host-crashed', 'A part of Penknife stopped.'))
        : Promise.resolve(),
  })
  const { library, store } = await openTestLibrary(root, { embedder })
  await library.import([{ path: folder }], null)
  await library.idle()
  const failed = library.list().documents.filter(({ state }) => state === 'failed')
  expect(failed).toMatchObject([
    { name: '3.txt', reason: { code: 'host-crashed' }, contentId: null },
  ])
  expect(store.chunks.size).toBe(5)
  await library.close()
})

test('an embedder that keeps failing does not stop the other documents', async () => {
  const root = await createTempDir()
  const folder = await writeFiles(root, numbered(2))
  const embedder = createFakeEmbedder({
    before: () => Promise.reject(new Error('something unforeseen about text 1')),
  })
  const { library } = await openTestLibrary(root, { embedder })
  await library.import([{ path: folder }], null)
  await library.idle()
  const reasons = library.list().documents.map(({ reason }) => reason?.message ?? '')
  // The message of an unexpected error may contain text of the document.
  expect(reasons.every((text) => text.includes('Try again') && !text.includes('text 1'))).toBe(true)
  await library.close()
})

test('changes made to a document while it is indexed are kept when indexing ends', async () => {
  const root = await createTempDir()
  const folder = await writeFiles(root, numbered(3))
  const gate = createGate()
  const embedder = createFakeEmbedder({ before: () => gate.pass() })
  const { library, store } = await openTestLibrary(root, { embedder })
  const group = await library.createCollection('Notes')
  const { documents } = await library.import([{ path: folder }], null)
  const [first = '', second = ''] = documents
  await gate.reached
  await library.remove([first])
  await library.assign([second], group.id, true)
  gate.open()
  await library.idle()
  expect(states(library)).toEqual(['1.txt indexed', '2.txt indexed'])
  expect(library.get(second)?.collections).toEqual([group.id])
  expect([...store.chunks.values()].map(({ text }) => text).sort()).toEqual(['text 1', 'text 2'])
  await library.close()
})

test('unfinished documents are read when the library is reopened', async () => {
  const root = await createTempDir()
  const folder = await writeFiles(root, numbered(4))
  const first = await openTestLibrary(root)
  first.library.pause()
  await first.library.import([{ path: folder }], null)
  await first.library.close()
  const second = await openTestLibrary(root, { store: first.store })
  await second.library.idle()
  expect(states(second.library)).toHaveLength(4)
  expect(states(second.library).every((text) => text.endsWith(' indexed'))).toBe(true)
  await second.library.close()
})

test('a file that is dropped twice at the same time becomes one document', async () => {
  const root = await createTempDir()
  const folder = await writeFiles(root, numbered(3))
  const parser = createFakeParser({ delayMs: 5 })
  const { library } = await openTestLibrary(root, { parser })
  const both = [{ path: folder }, { path: path.join(folder, '1.txt') }]
  await Promise.all([library.import(both, null), library.import(both, null)])
  await library.idle()
  expect(library.list().documents).toHaveLength(3)
  expect(parser.read).toHaveLength(3)
  await library.close()
})

test('progress counts the files, names the current one, and ends', async () => {
  const root = await createTempDir()
  const folder = await writeFiles(root, { ...numbered(8), '9.txt': 'fail:No.' })
  let time = 0
  const { library } = await openTestLibrary(root, {
    clock: () => time,
    parser: createFakeParser({ delayMs: 20 }),
    embedder: createFakeEmbedder({
      before: () => {
        time += 1_000
        return Promise.resolve()
      },
    }),
  })
  const told: ImportProgress[] = []
  library.onProgress((progress) => told.push(progress))
  await library.import([{ path: folder }], null)
  await library.idle()
  await expect.poll(() => told.at(-1)?.total).toBe(0)
  const busy = told.filter(({ total }) => total > 0)
  expect(busy.every(({ total }) => total === 9)).toBe(true)
  expect(busy.map(({ done }) => done)).toEqual(busy.map(({ done }) => done).sort((a, b) => a - b))
  expect(busy.some(({ current }) => current?.endsWith('.txt'))).toBe(true)
  expect(busy.some(({ secondsLeft }) => secondsLeft !== null && secondsLeft > 0)).toBe(true)
  await library.close()
})

test('changes are announced in batches, each row in its latest state', async () => {
  const root = await createTempDir()
  const folder = await writeFiles(root, numbered(40))
  const { library } = await openTestLibrary(root)
  const last = new Map<string, string>()
  let events = 0
  library.onChanges(({ changed }) => {
    events += 1
    for (const { id, state } of changed) last.set(id, state)
  })
  await library.import([{ path: folder }], null)
  await library.idle()
  await library.close()
  expect([...last.values()]).toEqual(Array.from({ length: 40 }, () => 'indexed'))
  expect(events).toBeLessThan(40)
})

test('progress within a file is announced as a page of that file', async () => {
  const root = await createTempDir()
  const folder = await writeFiles(root, { 'long.txt': 'one\ftwo\fthree' })
  const fake = createFakeParser()
  const gate = createGate()
  const parser = {
    ...fake,
    async parse(...[job, onProgress, signal]: Parameters<typeof fake.parse>) {
      onProgress({ page: 2, pages: 3 })
      await gate.pass()
      return fake.parse(job, onProgress, signal)
    },
  }
  const { library } = await openTestLibrary(root, { parser })
  const [id] = (await library.import([{ path: folder }], null)).documents
  await gate.reached
  expect(library.progress()).toMatchObject({
    current: 'long.txt',
    reading: { document: id, page: 2, pages: 3 },
  })
  gate.open()
  await library.idle()
  expect(library.progress().reading).toBeNull()
})
