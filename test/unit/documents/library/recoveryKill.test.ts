import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { createFakeChunkStore, type FakeChunkStore } from '../../../helpers/fakeChunkStore.ts'
import { armDisk, repairDisk } from '../../../helpers/faultyDisk.ts'
import { createTempDir } from '../../../helpers/tempDir.ts'
import { openTestLibrary } from '../../../helpers/testLibrary.ts'

vi.mock('node:fs/promises', async (load) => {
  const { breakDisk } = await import('../../../helpers/faultyDisk.ts')
  return breakDisk(await load())
})
afterEach(repairDisk)

const texts = ['Tea is at four.', 'The kudu allowance is 81 euros.', 'The oars are blue.']

/** A closed library of three uploads, and its index. */
async function makeLibrary(root: string): Promise<FakeChunkStore> {
  const { library, store } = await openTestLibrary(root)
  for (const [number, text] of texts.entries()) {
    const upload = await library.uploads.create()
    await writeFile(upload.file, text)
    await library.import([{ upload: upload.id, name: `${String(number)}.txt` }], null)
  }
  await library.idle()
  await library.close()
  return store
}

const ledgerOf = (root: string): string => path.join(root, 'data', 'library', 'ledger.jsonl')
const backupOf = (root: string): string => path.join(root, 'data', 'library', 'ledger.backup.jsonl')

async function cutMiddle(file: string): Promise<void> {
  const text = await readFile(file, 'utf8')
  await writeFile(file, text.replaceAll('"name":"1.txt"', '"name:"1.txt"'))
}

const damages: readonly (readonly [string, (root: string) => Promise<unknown>])[] = [
  ['missing', (root) => rm(ledgerOf(root))],
  ['empty', (root) => writeFile(ledgerOf(root), '')],
  ['broken in the middle', (root) => cutMiddle(ledgerOf(root))],
  [
    'empty, like its copy',
    async (root) => {
      await writeFile(ledgerOf(root), '')
      await writeFile(backupOf(root), '')
    },
  ],
]

/** Opens the library and reads all documents. */
async function readTexts(root: string, store: FakeChunkStore): Promise<readonly string[]> {
  const { library } = await openTestLibrary(root, { store })
  await library.idle()
  const { documents } = library.list()
  const found = await Promise.all(
    documents.map(async ({ id }) => (await library.pages(id, 1, 5)).pages[0]?.text ?? ''),
  )
  await library.close()
  return found.sort()
}

/** The same index for every start: a start that is killed has not changed it. */
async function copyOf(store: FakeChunkStore): Promise<FakeChunkStore> {
  const copy = createFakeChunkStore()
  await copy.add([...store.chunks.values()])
  return copy
}

test.each(damages)(
  'killed at any call while restoring a ledger that is %s, no document is lost',
  async (_how, damage) => {
    const made = await createTempDir()
    const store = await makeLibrary(made)
    await damage(made)
    let kills = 0
    for (let at = 0; ; at += 1) {
      const root = await createTempDir()
      await cp(made, root, { recursive: true })
      const index = await copyOf(store)
      armDisk({ at, fault: { code: 'EIO', until: 'dead', write: 'torn' } })
      const opening = openTestLibrary(root, { store: index })
      const killed = await opening.then(
        () => false,
        () => true,
      )
      const { failed } = repairDisk()
      if (failed === 0) {
        await (await opening).library.close()
        break
      }
      kills += 1
      if (!killed) await (await opening).library.close()
      const found = await readTexts(root, index)
      expect(found, `killed at call ${String(at)}`).toEqual(texts)
    }
    expect(kills).toBeGreaterThan(10)
  },
)

test('killed at any call while a lost index is made again, it is made by the next start', async () => {
  const made = await createTempDir()
  await makeLibrary(made)
  for (let at = 0; ; at += 1) {
    const root = await createTempDir()
    await cp(made, root, { recursive: true })
    const index = createFakeChunkStore()
    armDisk({ at, fault: { code: 'EIO', until: 'dead', write: 'torn' } })
    const opening = openTestLibrary(root, { store: index })
    const opened = await opening.catch(() => null)
    await opened?.library.idle()
    const { failed } = repairDisk()
    await opened?.library.close()
    if (failed === 0) break
    expect(await readTexts(root, index), `killed at call ${String(at)}`).toEqual(texts)
    expect(index.chunks.size).toBe(texts.length)
  }
})

test('a damaged copy of a damaged ledger is kept before it is written again', async () => {
  const root = await createTempDir()
  const store = await makeLibrary(root)
  await cutMiddle(ledgerOf(root))
  await cutMiddle(backupOf(root))
  const damaged = await readFile(backupOf(root))
  const { library, notices } = await openTestLibrary(root, { store })
  await library.idle()
  await library.close()
  const folder = path.dirname(backupOf(root))
  const kept = (await readdir(folder)).filter((name) => name.startsWith('ledger.backup.broken-'))
  expect(kept).toHaveLength(1)
  expect(await readFile(path.join(folder, kept[0] ?? ''))).toEqual(damaged)
  expect(notices.join(' ')).toContain(kept[0])
  expect(await readFile(backupOf(root))).not.toEqual(damaged)
})
