import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, describe, expect, test, vi } from 'vitest'
import type { Library } from '../../../../src/main/documents/library.ts'
import { AppError } from '../../../../src/shared/errors.ts'
import { createFakeChunkStore, type FakeChunkStore } from '../../../helpers/fakeChunkStore.ts'
import { armDisk, repairDisk, type Fault } from '../../../helpers/faultyDisk.ts'
import { createTempDir } from '../../../helpers/tempDir.ts'
import { openTestLibrary } from '../../../helpers/testLibrary.ts'
import { isDrawn } from '../../../helpers/tryFaults.ts'

vi.mock('node:fs/promises', async (load) => {
  const { breakDisk } = await import('../../../helpers/faultyDisk.ts')
  return breakDisk(await load())
})
afterEach(repairDisk)

const old = 'The kudu allowance is 81 euros.'
const fresh = 'The oars are blue.\nTea is at four.'

const faults: readonly Fault[] = [
  { code: 'ENOSPC', until: 'once', write: 'torn' },
  { code: 'ENOSPC', until: 'lasting', write: 'torn' },
  { code: 'EIO', until: 'once', write: 'torn' },
  { code: 'EACCES', until: 'lasting' },
  { code: 'EIO', until: 'dead', write: 'torn' },
]

interface Change {
  /** Makes the change; resolves when it is done or has failed. */
  readonly make: (library: Library, root: string) => Promise<unknown>
  /** The texts that a start may find when the change is done, and when it is not. */
  readonly done: readonly string[]
  readonly undone: readonly string[]
  /** A fault is tried at one call in so many. */
  readonly every: number
}

/** A closed library with an upload, and a second one that has arrived. */
async function makeLibrary(root: string): Promise<FakeChunkStore> {
  const { library, store } = await openTestLibrary(root)
  await upload(library, 'old.txt', old)
  await library.idle()
  await library.close()
  return store
}

async function upload(library: Library, name: string, text: string): Promise<void> {
  const { id, file } = await library.uploads.create()
  writeFileSync(file, text)
  await library.import([{ upload: id, name }], null)
}

function importFile(library: Library, root: string): Promise<unknown> {
  const file = path.join(root, 'new.txt')
  writeFileSync(file, fresh)
  return library.import([{ path: file }], null)
}

const changes: Readonly<Record<string, Change>> = {
  'an upload': {
    make: (library) => upload(library, 'new.txt', fresh),
    done: [old, fresh],
    undone: [old],
    every: 5,
  },
  'a file': { make: importFile, done: [old, fresh], undone: [old], every: 5 },
  'a removal': {
    make: (library) => library.remove(library.list().documents.map(({ id }) => id)),
    done: [],
    undone: [old],
    every: 1,
  },
}

/** The text of each document that is indexed. */
async function textsOf(library: Library): Promise<readonly string[]> {
  const indexed = library.list().documents.filter(({ contentId }) => contentId !== null)
  const texts = await Promise.all(
    indexed.map(async ({ id }) => (await library.pages(id, 1, 5)).pages[0]?.text ?? ''),
  )
  return texts.sort()
}

/** A full disk pauses an import; an upload whose import was killed before it began is set aside. */
const allowed = /import was paused|its list doesn’t know/u

async function reopen(root: string, store: FakeChunkStore): Promise<Library> {
  const { library, notices } = await openTestLibrary(root, { store })
  expect(notices.filter((sentence) => !allowed.test(sentence))).toEqual([])
  await library.idle()
  return library
}

/** @returns the number of calls that have failed; null if the change made fewer calls. */
async function tryFault(
  change: Change,
  root: string,
  store: FakeChunkStore,
  { at, fault }: { readonly at: number; readonly fault: Fault },
): Promise<number | null> {
  const { library } = await openTestLibrary(root, { store })
  await library.idle()
  armDisk({ at, fault })
  const [outcome] = await Promise.allSettled([change.make(library, root)])
  await library.idle()
  const { calls, failed } = repairDisk()
  const how = `${fault.code} at call ${String(at)}`
  if (fault.until !== 'dead') {
    if (outcome.status === 'rejected' && calls[at] !== 'read') {
      expect(outcome.reason, how).toBeInstanceOf(AppError)
    }
    // A document that failed says why.
    for (const { reason } of library.list().documents)
      expect(reason?.code, how).not.toBe('internal')
    expect([change.done, change.undone], how).toContainEqual(await textsOf(library))
  }
  await library.close()

  const again = await reopen(root, store)
  expect([change.done, change.undone], how).toContainEqual(await textsOf(again))
  if (outcome.status === 'fulfilled' && fault.until !== 'dead') {
    const { documents } = again.list()
    await again.retry(documents.map(({ id }) => id))
    await again.idle()
    expect(await textsOf(again), how).toEqual(change.done)
  }
  await change.make(again, root)
  await again.idle()
  await again.close()

  const third = await reopen(root, store)
  const texts = await textsOf(third)
  expect([...new Set(texts)], how).toEqual(change.done)
  await third.close()
  return calls.length > at ? failed : null
}

describe.each(Object.entries(changes))('%s', (_, change) => {
  test.each(faults)('$code $until at each call', async (fault) => {
    const made = await createTempDir()
    const store = await makeLibrary(made)
    let injected = 0
    const turn = faults.indexOf(fault)
    for (let at = 0; ; at += 1) {
      if (!isDrawn(at, turn, change.every)) continue
      const root = mkdtempSync(path.join(tmpdir(), 'penknife-faults-'))
      cpSync(made, root, { recursive: true })
      const index = createFakeChunkStore()
      await index.add([...store.chunks.values()])
      const failed = await tryFault(change, root, index, { at, fault })
      rmSync(root, { recursive: true })
      if (failed === null) break
      injected += failed
    }
    expect(injected).toBeGreaterThan(0)
  })
})
