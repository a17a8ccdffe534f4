import { readdir } from 'node:fs/promises'
import path from 'node:path'
import type { TestRow, TestSetSummary } from '../../../shared/domain/testRun/testSet.ts'
import { createEmitter } from '../../../shared/emitter.ts'
import { AppError } from '../../../shared/errors.ts'
import type { CheckTask } from '../../disk/checkTask.ts'
import { remove } from '../../disk/durableFile.ts'
import { whenMissing } from '../../disk/systemError.ts'
import { createUndoableRemovals } from '../../disk/undoableRemovals.ts'
import { createMutex, type Mutex } from '../../flow/mutex.ts'
import { testSetCheck } from './checkTestSets.ts'
import { isReadableId } from './readableId.ts'
import {
  createTestSetChanges,
  type TestSetChanges,
  type TestSetChangesDeps,
} from './testSetChanges.ts'
import {
  createTestSetReading,
  stampOf,
  testSetFolder,
  type TestSetPlace,
  type TestSetReadingDeps,
} from './testSetReading.ts'

/** All calls that name a test set throw AppError `not-found` if it is not there. */
export interface TestSetStore extends TestSetChanges {
  /** By name. */
  list(template: string): Promise<readonly TestSetSummary[]>
  /** Hears the id of the template whose test sets changed. */
  onChanged(listener: (template: string) => void): () => void
  get(id: string): Promise<TestSetSummary>
  /** The same array as long as nothing changed. */
  rows(id: string): Promise<readonly TestRow[]>
  /** Hides a test set; its file is deleted ten seconds later, or when the store closes. */
  remove(id: string): Promise<void>
  restore(id: string): void
  /** The check of each test set of a template. */
  checks(template: string): Promise<readonly CheckTask[]>
  close(): Promise<void>
}

export type TestSetStoreDeps = Pick<TestSetReadingDeps, 'folderOf' | 'notice'>

/** The test sets of all templates. */
export function createTestSetStore({ folderOf, notice }: TestSetStoreDeps): TestSetStore {
  const { exclusive, ...mutexes } = createMutexes()
  const removals = createUndoableRemovals<TestSetPlace>(discard, () =>
    notice('A removed test set could not be deleted from disk.'),
  )
  const isRemoved = (id: string): boolean => removals.has(id)
  const changed = createEmitter<string>()
  const reading = createTestSetReading({ folderOf, notice, isRemoved })

  async function discard(removed: ReadonlyMap<string, TestSetPlace>): Promise<void> {
    for (const [id, { file }] of removed) {
      reading.forget(id)
      await exclusive(id, () => remove(file))
      mutexes.forget(id)
    }
  }

  return {
    async list(template) {
      const found: TestSetSummary[] = []
      for (const name of await namesIn(testSetFolder(folderOf(template)))) {
        const id = `${template}:${name}`
        if (isRemoved(id)) continue
        const summary = await exclusive(id, () => reading.summaryOf(id)).catch(unlessGone)
        if (summary !== null) found.push(summary)
      }
      return found.sort((a, b) => a.name.localeCompare(b.name))
    },
    onChanged: changed.on,
    get: (id) => exclusive(id, () => reading.summaryOf(id)),
    rows: async (id) => (await exclusive(id, () => reading.load(id))).list,
    ...createTestSetChanges({ reading, exclusive, announce: changed.emit }),
    async remove(id) {
      const place = reading.placeOf(id)
      await stampOf(place.file)
      removals.hold([[id, place]])
      changed.emit(place.template)
    },
    restore(id) {
      const [place] = removals.restore([id])
      if (place !== undefined) changed.emit(place.template)
    },
    async checks(template) {
      const deps = { exclusive, forget: reading.forget, announce: changed.emit }
      const names = await namesIn(testSetFolder(folderOf(template)))
      const ids = names.map((name) => `${template}:${name}`).filter((id) => !isRemoved(id))
      return ids.map((id) => testSetCheck(id, reading.nameOf(id), reading.placeOf(id), deps))
    },
    async close() {
      await mutexes.done()
      await removals.close()
    },
  }
}

/** A mutex for each test set. */
interface Mutexes extends Pick<TestSetChangesDeps, 'exclusive'> {
  readonly forget: (id: string) => void
  /** Resolves when all that was begun has ended. */
  readonly done: () => Promise<void>
}

function createMutexes(): Mutexes {
  const mutexes = new Map<string, Mutex>()
  return {
    exclusive(id, task) {
      const mutex = mutexes.get(id) ?? createMutex()
      mutexes.set(id, mutex)
      return mutex(task)
    },
    forget: (id) => void mutexes.delete(id),
    async done() {
      for (const mutex of mutexes.values()) await mutex(() => Promise.resolve())
    },
  }
}

/** A file that cannot be read was reported when it was tried; the others are still there. */
function unlessGone(error: unknown): null {
  if (error instanceof AppError && error.code === 'not-found') return null
  throw error
}

/** Names of the test sets in a folder, without their ending. */
async function namesIn(directory: string): Promise<readonly string[]> {
  const found = await readdir(directory, { withFileTypes: true }).catch(whenMissing([]))
  // A folder of that name isn't Penknife's; it stays as it is.
  return found
    .filter((entry) => entry.name.endsWith('.jsonl') && !entry.isDirectory())
    .map(({ name }) => path.parse(name).name)
    .filter(isReadableId)
}
