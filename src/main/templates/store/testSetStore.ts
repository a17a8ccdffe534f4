import type { Stats } from 'node:fs'
import { readdir, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import type { TestRow, TestSetSummary } from '../../../shared/domain/testRun/testSet.ts'
import { createEmitter } from '../../../shared/emitter.ts'
import { AppError } from '../../../shared/errors.ts'
import type { Notice } from '../../disk/jsonFile.ts'
import { appendLines } from '../../disk/lineFile.ts'
import { createLruCache } from '../../flow/lruCache.ts'
import { createMutex, type Mutex } from '../../flow/mutex.ts'
import { whenMissing } from '../../disk/systemError.ts'
import { createUndoableRemovals } from '../../disk/undoableRemovals.ts'
import { isReadableId, newReadableId } from './readableId.ts'
import {
  headOf,
  readTestSet,
  writeTestSet,
  type ReadTestSet,
  type TestSetLine,
} from './testSetFile.ts'

/** All calls that name a test set throw AppError `not-found` if it is not there. */
export interface TestSetStore {
  /** By name. */
  list(template: string): Promise<readonly TestSetSummary[]>
  /** Hears the id of the template whose test sets changed. */
  onChanged(listener: (template: string) => void): () => void
  create(template: string, name: string, rows: readonly TestRow[]): Promise<TestSetSummary>
  get(id: string): Promise<TestSetSummary>
  /** The same array as long as nothing changed. */
  rows(id: string): Promise<readonly TestRow[]>
  /** Adds rows behind the others, or replaces those with the same ids. */
  putRows(id: string, rows: readonly TestRow[]): Promise<TestSetSummary>
  removeRows(id: string, rows: readonly string[]): Promise<void>
  rename(id: string, name: string): Promise<void>
  /** Hides a test set; its file goes ten seconds later, or when the store closes. */
  remove(id: string): Promise<void>
  restore(id: string): void
  close(): Promise<void>
}

/** Whole test sets kept in memory. */
const cached = 4
/** Useless lines that are not worth writing a file anew for. */
const spareLines = 1_000

interface Loaded extends ReadTestSet {
  readonly list: readonly TestRow[]
  readonly known: Known
}

/** What is remembered of every test set that was read. */
interface Known {
  readonly summary: TestSetSummary
  /** Tells whether somebody else wrote the file since. */
  readonly stamp: string
}

interface Place {
  readonly template: string
  readonly file: string
}

export interface TestSetStoreDeps {
  /** Folder of a template. @throws AppError `not-found`. */
  readonly folderOf: (template: string) => string
  readonly notice: Notice
}

/** The test sets of all templates. An id is that of the template and that of the file. */
export function createTestSetStore({ folderOf, notice }: TestSetStoreDeps): TestSetStore {
  const loaded = createLruCache<Loaded>(cached)
  const known = new Map<string, Known>()
  const mutexes = new Map<string, Mutex>()
  const removals = createUndoableRemovals<Place>(discard, () =>
    notice('A removed test set could not be deleted from disk.'),
  )
  const changed = createEmitter<string>()

  function placeOf(id: string): Place {
    const [template = '', name = '', ...rest] = id.split(':')
    if (rest.length > 0 || !isReadableId(name) || removals.has(id)) throw notThere()
    return { template, file: path.join(folderOf(template), 'test-sets', `${name}.jsonl`) }
  }

  function exclusive<T>(id: string, task: () => Promise<T>): Promise<T> {
    const mutex = mutexes.get(id) ?? createMutex()
    mutexes.set(id, mutex)
    return mutex(task)
  }

  function announce(template: string): void {
    changed.emit(template)
  }

  /** Reads a test set, unless it is still as it was read or written last. */
  async function load(id: string): Promise<Loaded> {
    const { file } = placeOf(id)
    const before = loaded.get(id)
    if (before?.known.stamp === (await stampOf(file))) return before
    const read = await readTestSet(file, notice)
    if (read === null) throw notThere()
    return remember(id, read)
  }

  async function remember(id: string, read: ReadTestSet): Promise<Loaded> {
    const { template, file } = placeOf(id)
    const { name, rows } = read
    const summary = { id, template, name, rows: rows.size, updatedAt: await changedAt(file) }
    const now = {
      ...read,
      list: [...rows.values()],
      known: { summary, stamp: await stampOf(file) },
    }
    known.set(id, now.known)
    loaded.set(id, now)
    return now
  }

  async function summaryOf(id: string): Promise<TestSetSummary> {
    const before = known.get(id)
    if (before?.stamp === (await stampOf(placeOf(id).file))) return before.summary
    return (await load(id)).known.summary
  }

  /** Changes a test set and answers once that is on the disk. */
  function change(
    id: string,
    apply: (before: Loaded) => { name?: string; rows?: Map<string, TestRow>; lines: TestSetLine[] },
  ): Promise<Loaded> {
    return exclusive(id, async () => {
      const before = await load(id)
      const { file, template } = placeOf(id)
      const { name = before.name, rows = before.rows, lines } = apply(before)
      const dead = before.dead + lines.length + before.rows.size - rows.size
      const rewrite = lines.length > spareLines || dead > rows.size + spareLines
      try {
        if (rewrite) await writeTestSet(file, name, rows.values())
        else await appendLines(file, lines)
      } catch (error) {
        loaded.delete(id)
        throw error
      }
      const after = await remember(id, { name, rows, dead: rewrite ? 0 : dead })
      announce(template)
      return after
    })
  }

  async function putRows(id: string, rows: readonly TestRow[]): Promise<TestSetSummary> {
    const { known: now } = await change(id, (before) => {
      const after = new Map(before.rows)
      for (const row of rows) after.set(row.id, row)
      return { rows: after, lines: [...rows] }
    })
    return now.summary
  }

  async function discard(removed: ReadonlyMap<string, Place>): Promise<void> {
    for (const [id, { file }] of removed) {
      loaded.delete(id)
      known.delete(id)
      await exclusive(id, () => rm(file, { force: true }))
      mutexes.delete(id)
    }
  }

  return {
    async list(template) {
      const names = await namesIn(path.join(folderOf(template), 'test-sets'))
      const found: TestSetSummary[] = []
      for (const name of names) {
        const id = `${template}:${name}`
        if (removals.has(id)) continue
        const summary = await exclusive(id, () => summaryOf(id)).catch(unlessGone)
        if (summary !== null) found.push(summary)
      }
      return found.sort((a, b) => a.name.localeCompare(b.name))
    },
    onChanged: changed.on,
    async create(template, name, rows) {
      const id = `${template}:${newReadableId(name, 'test-set')}`
      const { file } = placeOf(id)
      await exclusive(id, () => writeTestSet(file, name, rows))
      const summary = await exclusive(id, () => summaryOf(id))
      announce(template)
      return summary
    },
    get: (id) => exclusive(id, () => summaryOf(id)),
    rows: async (id) => (await exclusive(id, () => load(id))).list,
    putRows,
    async removeRows(id, ids) {
      await change(id, ({ rows }) => {
        const left = new Map(rows)
        for (const one of ids) left.delete(one)
        return { rows: left, lines: [{ drop: [...ids] }] }
      })
    },
    async rename(id, name) {
      await change(id, () => ({ name, lines: [headOf(name)] }))
    },
    async remove(id) {
      const place = placeOf(id)
      await stampOf(place.file)
      removals.hold([[id, place]])
      announce(place.template)
    },
    restore(id) {
      const [place] = removals.restore([id])
      if (place !== undefined) announce(place.template)
    },
    async close() {
      for (const mutex of mutexes.values()) await mutex(() => Promise.resolve())
      await removals.close()
    },
  }
}

function notThere(): AppError {
  return new AppError('not-found', 'This test set is not there any more.')
}

/** A file that cannot be read was reported when it was tried; the others are still there. */
function unlessGone(error: unknown): null {
  if (error instanceof AppError && error.code === 'not-found') return null
  throw error
}

/** @throws AppError `not-found`. */
async function stampOf(file: string): Promise<string> {
  const { mtimeMs, size, ino } = await statOf(file)
  return `${mtimeMs} ${size} ${ino}`
}

async function changedAt(file: string): Promise<string> {
  return (await statOf(file)).mtime.toISOString()
}

async function statOf(file: string): Promise<Stats> {
  const stats = await stat(file).catch(whenMissing(null))
  if (stats === null) throw notThere()
  return stats
}

/** Names of the test sets in a folder, without their ending. */
async function namesIn(directory: string): Promise<readonly string[]> {
  const names = await readdir(directory).catch(whenMissing([]))
  return names
    .filter((name) => name.endsWith('.jsonl'))
    .map((name) => path.parse(name).name)
    .filter(isReadableId)
}
