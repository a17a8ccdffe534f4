import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { openConversationStore } from '../../../src/main/chat/conversationStore.ts'
import { openSettings } from '../../../src/main/config/settingsStore.ts'
import { diskFull } from '../../../src/main/disk/diskFull.ts'
import { acquireLock } from '../../../src/main/disk/lock.ts'
import { explainWrite } from '../../../src/main/disk/writeErrors.ts'
import { openCollections } from '../../../src/main/documents/store/collections.ts'
import { openContentStore } from '../../../src/main/documents/store/contentStore.ts'
import { openLedger } from '../../../src/main/documents/store/ledger.ts'
import { openUploads } from '../../../src/main/documents/store/uploads.ts'
import { openIndexPointer } from '../../../src/main/indexing/indexPointer.ts'
import { createCalibration } from '../../../src/main/llm/calibration.ts'
import { receiveUpload } from '../../../src/main/loopback/receiveUpload.ts'
import { openDownloads } from '../../../src/main/models/downloads/downloads.ts'
import { openModelsFile } from '../../../src/main/models/modelsFile.ts'
import { createRunFolder } from '../../../src/main/templates/running/runFolder.ts'
import { openResultsFile } from '../../../src/main/templates/running/resultsFile.ts'
import { createTestRuns } from '../../../src/main/templates/running/testRuns.ts'
import { openTemplateStore } from '../../../src/main/templates/store/templateStore.ts'
import { createTestSetStore } from '../../../src/main/templates/store/testSetStore.ts'
import { createHostTableReader } from '../../../src/main/templates/tables/hostTableReader.ts'
import { AppError } from '../../../src/shared/errors.ts'
import { createFakeLlm } from '../../helpers/fakeLlm.ts'
import { createFakeRunning } from '../../helpers/fakeRunning.ts'
import { startFileServer } from '../../helpers/fileServer.ts'
import { libraryRow } from '../../helpers/libraryRow.ts'
import { resetDisk, setDisk } from '../../helpers/limitedDisk.ts'
import { createRunMaterial, moodRows } from '../../helpers/runMaterial.ts'
import { madeResult } from '../../helpers/runResults.ts'
import { createTempDir } from '../../helpers/tempDir.ts'
import { labelTemplate } from '../../helpers/templates.ts'
import { openTestLibrary } from '../../helpers/testLibrary.ts'

vi.mock('node:fs/promises', async (load) => {
  const { limitDisk } = await import('../../helpers/limitedDisk.ts')
  return limitDisk(await load())
})
afterEach(resetDisk)

/** What is written to a store while the disk is full, and once there is room again. */
interface Attempt {
  readonly write: () => Promise<unknown>
  /** What the store shows, and what the next start would find. */
  readonly shown: () => Promise<unknown>
}

const ignore = (): void => undefined
const choice = { scope: { kind: 'all' }, answering: null, template: null, sampling: null } as const

const stores: Readonly<Record<string, (root: string) => Promise<Attempt>>> = {
  async collections(root) {
    const file = path.join(root, 'collections.json')
    const store = await openCollections(file, ignore)
    await store.create('Quallen')
    let heard = 0
    store.onChange(() => (heard += 1))
    return {
      write: () => store.create('Kraken'),
      shown: async () => [
        heard,
        names(store.list()),
        names((await openCollections(file, ignore)).list()),
      ],
    }
  },
  async settings(root) {
    const file = path.join(root, 'settings.json')
    const store = await openSettings(file, ignore)
    await store.update({ theme: 'light' })
    let heard = 0
    store.onChange(() => (heard += 1))
    return {
      write: () => store.update({ theme: 'dark' }),
      shown: async () => [heard, store.get().theme, (await openSettings(file, ignore)).get().theme],
    }
  },
  async conversation(root) {
    const store = await openConversationStore(root, ignore)
    const { id } = await store.create({ title: 'Leave', ...choice })
    return {
      write: () => store.rename(id, 'Days of leave'),
      shown: async () => [
        (await store.get(id)).title,
        (await openConversationStore(root, ignore)).list()[0]?.title,
      ],
    }
  },
  async 'new conversation'(root) {
    const notices: string[] = []
    const store = await openConversationStore(root, ignore)
    const again = () => openConversationStore(root, (sentence) => notices.push(sentence))
    return {
      write: () => store.create({ title: 'Leave', ...choice }),
      shown: async () => [store.list().length, (await again()).list().length, notices],
    }
  },
  async template(root) {
    const store = await openTemplateStore(root, ignore)
    const id = await store.createSaved(labelTemplate())
    return {
      write: () => store.save(id, labelTemplate({ name: 'Humour' }), null),
      shown: async () => [
        (await store.get(id)).template.name,
        (await openTemplateStore(root, ignore)).list().map(({ name }) => name),
      ],
    }
  },
  async 'test set'(root) {
    const open = () => createTestSetStore({ folderOf: () => root, notice: ignore })
    const store = open()
    const row = { values: { INPUT: 'What a day!' }, expected: 'good', included: null }
    const { id } = await store.create('mood', 'Held out', [{ id: 'a', ...row }])
    return {
      write: () => store.putRows(id, [{ id: 'b', ...row }]),
      shown: async () => [await store.rows(id), await open().rows(id)],
    }
  },
  'new test set'(root) {
    const store = createTestSetStore({ folderOf: () => root, notice: ignore })
    return Promise.resolve({
      write: () => store.create('mood', 'Held out', []),
      shown: () => store.list('mood'),
    })
  },
  async results(root) {
    const file = path.join(root, 'results.jsonl')
    const store = await openResultsFile(file)
    onTestFinished(() => store.close())
    await store.add(madeResult(0))
    return { write: () => store.add(madeResult(1)), shown: () => readFile(file, 'utf8') }
  },
  async 'index pointer'(root) {
    const file = path.join(root, 'index', 'in-use.json')
    const first = { id: 'a', model: { id: 'a', name: 'A' }, dimensions: 3, anchors: null }
    const open = () => openIndexPointer(file, first, ignore)
    const store = await open()
    return {
      write: () => store.set({ index: { ...first, id: 'b' } }),
      shown: async () => [store.get(), (await open()).get()],
    }
  },
  async 'models list'(root) {
    const file = path.join(root, 'models', 'models.json')
    const store = await openModelsFile(file, ignore)
    const model = { role: 'answers', origin: 'added', name: 'A', file: '/a.gguf' } as const
    await store.put({ id: 'a', ...model })
    return {
      write: () => store.put({ id: 'b', ...model }),
      shown: async () => [store.all(), (await openModelsFile(file, ignore)).all()],
    }
  },
  async calibration(root) {
    const file = path.join(root, 'm.gguf')
    await writeFile(file, '')
    const store = createCalibration(path.join(root, 'calibration.json'), ignore)
    return {
      write: () => store.set(file, false, { threads: { prefill: 1, generation: 1 }, measured: [] }),
      shown: () => store.find(file, false),
    }
  },
}

function names(list: readonly { readonly name: string }[]): readonly string[] {
  return list.map(({ name }) => name)
}

const full = { code: 'disk-full', message: diskFull(null).message }

describe('a full disk is reported in the same sentence, and nothing has changed', () => {
  test.each(Object.entries(stores))('%s', async (_, open) => {
    const { write, shown } = await open(await createTempDir())
    const before = await shown()
    setDisk({ room: 0 })
    await expect(write()).rejects.toMatchObject(full)
    expect(await shown()).toEqual(before)
    setDisk({ room: 7 })
    await expect(write()).rejects.toMatchObject(full)
    resetDisk()
    expect(await shown()).toEqual(before)
    await write()
    expect(await shown()).not.toEqual(before)
  })

  test('ledger: the change is kept, and written once there is room', async () => {
    const file = path.join(await createTempDir(), 'ledger.jsonl')
    const ledger = await openLedger(file, ignore)
    await ledger.put([libraryRow('a')])
    const before = await readFile(file, 'utf8')
    setDisk({ room: 7 })
    await expect(ledger.put([libraryRow('b')])).rejects.toMatchObject(full)
    expect(await readFile(file, 'utf8')).toBe(before)
    resetDisk()
    await ledger.put([libraryRow('c')])
    await ledger.close()
    const again = await openLedger(file, ignore)
    expect(again.list().map(({ id }) => id)).toEqual(['a', 'b', 'c'])
    await again.close()
  })

  test('content store', async () => {
    const root = await createTempDir()
    const parsed = path.join(root, 'parsed')
    await mkdir(parsed)
    await writeFile(path.join(parsed, 'text.jsonl'), '{"page":1,"text":"a"}\n')
    const store = await openContentStore(path.join(root, 'texts'))
    setDisk({ losesFlushes: true })
    await expect(store.adopt(new Map([['content', parsed]]))).rejects.toMatchObject(full)
    expect(store.has('content')).toBe(false)
    resetDisk()
    await store.adopt(new Map([['content', parsed]]))
    expect(store.has('content')).toBe(true)
  })

  test('an upload whose file is kept', async () => {
    const root = await createTempDir()
    const uploads = await openUploads(path.join(root, 'spool'), path.join(root, 'originals'))
    const { id, file } = await uploads.create()
    await writeFile(file, 'text')
    setDisk({ room: 0 })
    await expect(uploads.keep(id, 'content', 'a.txt')).rejects.toMatchObject(full)
    expect(uploads.original('content')).toBeNull()
    expect(await readdir(path.join(root, 'originals'))).toEqual([])
    resetDisk()
    await uploads.keep(id, 'content', 'a.txt')
    expect(await readFile(uploads.original('content') ?? '', 'utf8')).toBe('text')
  })

  test('the lock of the data folder', async () => {
    setDisk({ room: 0 })
    await expect(acquireLock(path.join(await createTempDir(), 'lock.json'))).rejects.toMatchObject(
      full,
    )
  })

  test('a run that is started', async () => {
    setDisk({ room: 0 })
    const directory = path.join(await createTempDir(), 'run')
    const record = {} as Parameters<typeof createRunFolder>[1]
    await expect(createRunFolder(directory, record, [])).rejects.toMatchObject(full)
  })

  test('a table that is imported', async () => {
    const neverStarted = () => {
      throw new Error('The table was read although it was not kept.')
    }
    const spool = await createTempDir()
    const read = createHostTableReader({ start: neverStarted, spool })
    setDisk({ room: 0 })
    const table = { name: 'a.csv', bytes: Buffer.from('a,b') }
    await expect(read(table, new AbortController().signal)).rejects.toMatchObject(full)
  })

  test('a file that is uploaded', async () => {
    const file = path.join(await createTempDir(), 'upload')
    const failures: unknown[] = []
    const server = createServer((request, response) => {
      const uploads = { create: () => Promise.resolve({ id: 'a', file }) }
      const received = receiveUpload(request, uploads, { maxBytes: 1_000, idleMs: 10_000 })
      received.catch((error: unknown) => failures.push(error)).finally(() => response.end())
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void server.close())
    const { port } = server.address() as AddressInfo
    setDisk({ room: 5 })
    await fetch(`http://127.0.0.1:${String(port)}`, { method: 'POST', body: 'x'.repeat(100) })
    expect(failures).toEqual([expect.objectContaining(full)])
  })

  test('a model that is downloaded', async () => {
    const root = await createTempDir()
    await using server = await startFileServer(Buffer.alloc(100_000))
    server.behave = (_request, _response, next) => {
      setDisk({ room: 50_000 })
      next()
    }
    const downloads = await openDownloads({
      folder: path.join(root, 'models'),
      notice: ignore,
      logger: { error: ignore },
      proxy: () => null,
      onDone: () => Promise.resolve(),
      freeBytes: () => Promise.resolve(null),
    })
    const url = `${server.address}/m.gguf`
    const one = { name: 'm.gguf', url, sizeBytes: null, sha256: null }
    await downloads.start({ id: 'm', role: 'answers', name: 'M', files: [one] })
    await downloads.idle()
    expect(downloads.list()[0]?.state).toMatchObject({ status: 'failed', error: full })
    resetDisk()
    await downloads.dispose()
  })
})

describe('what else keeps a write from the disk', () => {
  test.each(['EACCES', 'EROFS'] as const)('%s is reported in a sentence', async (failure) => {
    const settings = await openSettings(path.join(await createTempDir(), 'settings.json'), ignore)
    setDisk({ room: 0, failure })
    await expect(settings.update({ theme: 'dark' })).rejects.toMatchObject({
      code: 'permission-denied',
    })
  })

  test('an unexpected error is passed on unchanged', () => {
    const error = Object.assign(new Error('EMFILE: too many open files'), { code: 'EMFILE' })
    expect(explainWrite(error)).toBe(error)
  })

  test('an error that was explained is not explained again', () => {
    const error = new AppError('not-found', 'This is gone.', { cause: { code: 'EACCES' } })
    expect(explainWrite(error)).toBe(error)
  })
})

test('no change is lost when several are made at the same time', async () => {
  const root = await createTempDir()
  const collections = await openCollections(path.join(root, 'collections.json'), ignore)
  const wanted = ['Aal', 'Barsch', 'Dorsch', 'Hecht']
  await Promise.all(wanted.map((name) => collections.create(name)))
  expect(names(collections.list())).toEqual(wanted)
  const twice = await Promise.allSettled([
    collections.create('Zander'),
    collections.create('zander'),
  ])
  expect(twice.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
})

describe('what a full disk stops says how it goes on', () => {
  test('an import whose rows are not written goes on once there is room', async () => {
    const root = await createTempDir()
    const file = path.join(root, 'a.txt')
    await writeFile(file, 'text')
    const { library, notices } = await openTestLibrary(root)
    setDisk({ room: 0 })
    await expect(library.import([{ path: file }], null)).rejects.toMatchObject(full)
    await library.idle()
    resetDisk()
    library.resume()
    await library.idle()
    expect(library.list().documents.map(({ state }) => state)).toEqual(['indexed'])
    expect(notices).toEqual([expect.stringContaining('resume the import')])
    await library.close()
  })

  test('a run is paused, and can be resumed', async () => {
    let fillsUp = true
    const llm = createFakeLlm('good', () => {
      if (fillsUp) setDisk({ room: 0 })
      return Promise.resolve()
    })
    const runs = await createTestRuns({
      running: createFakeRunning(llm, ignore).inBackground,
      material: createRunMaterial(moodRows(2)),
      hashes: { of: () => Promise.resolve('0'.repeat(64)) },
      templatesDir: await createTempDir(),
      notice: ignore,
    })
    const context = { signal: new AbortController().signal }
    const plan = { kind: 'test', versions: [1], method: 'generate' } as const
    const { record } = await runs.start({ template: 'mood', testSet: 's', plan }, context)
    const shown = async () =>
      (await runs.list({ template: 'mood' }, context)).map(({ status, message }) => [
        status,
        message,
      ])
    await expect.poll(shown).toEqual([['paused', expect.stringMatching(/run was paused.*resume/u)]])
    fillsUp = false
    resetDisk()
    await runs.resume({ id: record.id }, context)
    await expect.poll(shown).toEqual([['done', null]])
    await runs.dispose()
  })
})
