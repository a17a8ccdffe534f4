import type { Stats } from 'node:fs'
import { stat } from 'node:fs/promises'
import path from 'node:path'
import type { TestRow, TestSetSummary } from '../../../shared/domain/testRun/testSet.ts'
import { AppError } from '../../../shared/errors.ts'
import type { Notice } from '../../disk/jsonFile.ts'
import { whenMissing } from '../../disk/systemError.ts'
import { createLruCache } from '../../flow/lruCache.ts'
import { isReadableId } from './readableId.ts'
import { readTestSet, type ReadTestSet } from './testSetFile.ts'

/** Where a test set is. Its id is that of the template and that of the file. */
export interface TestSetPlace {
  readonly template: string
  readonly file: string
}

/** What is remembered of every test set that was read. */
interface KnownTestSet {
  readonly summary: TestSetSummary
  /** Changes when somebody else writes the file. */
  readonly stamp: string
}

/** A whole test set. */
export interface LoadedTestSet extends ReadTestSet {
  readonly list: readonly TestRow[]
  readonly known: KnownTestSet
}

export interface TestSetReadingDeps {
  /** Folder of a template. @throws AppError `not-found`. */
  readonly folderOf: (template: string) => string
  readonly notice: Notice
  readonly isRemoved: (id: string) => boolean
}

/** Test sets as they are on the disk, of which some are in memory. */
export interface TestSetReading {
  /** @throws AppError `not-found`. */
  readonly placeOf: (id: string) => TestSetPlace
  /** Reads a test set, unless it is still as it was read or written last. */
  readonly load: (id: string) => Promise<LoadedTestSet>
  summaryOf(id: string): Promise<TestSetSummary>
  /** Takes note of what was read or written. */
  readonly remember: (id: string, read: ReadTestSet) => Promise<LoadedTestSet>
  /** The next `load` reads the file again. */
  unload(id: string): void
  readonly forget: (id: string) => void
  /** Its name where it was read, else that of its file. */
  nameOf(id: string): string
}

/** Whole test sets kept in memory. */
const cached = 4

export function createTestSetReading({
  folderOf,
  notice,
  isRemoved,
}: TestSetReadingDeps): TestSetReading {
  const loaded = createLruCache<LoadedTestSet>(cached)
  const known = new Map<string, KnownTestSet>()

  function placeOf(id: string): TestSetPlace {
    const [template = '', name = '', ...rest] = id.split(':')
    if (rest.length > 0 || !isReadableId(name) || isRemoved(id)) throw notThere()
    return { template, file: path.join(testSetFolder(folderOf(template)), `${name}.jsonl`) }
  }

  async function load(id: string): Promise<LoadedTestSet> {
    const { file } = placeOf(id)
    const before = loaded.get(id)
    if (before?.known.stamp === (await stampOf(file))) return before
    const read = await readTestSet(file, notice)
    if (read === null) throw notThere()
    return remember(id, read)
  }

  async function remember(id: string, read: ReadTestSet): Promise<LoadedTestSet> {
    const { template, file } = placeOf(id)
    const { name, rows, made } = read
    const updatedAt = await changedAt(file)
    const summary = { id, template, name, rows: rows.size, ...made, updatedAt }
    const list = [...rows.values()]
    const now = { ...read, list, known: { summary, stamp: await stampOf(file) } }
    known.set(id, now.known)
    loaded.set(id, now)
    return now
  }

  return {
    placeOf,
    load,
    async summaryOf(id) {
      const before = known.get(id)
      if (before?.stamp === (await stampOf(placeOf(id).file))) return before.summary
      return (await load(id)).known.summary
    },
    remember,
    unload: (id) => loaded.delete(id),
    forget(id) {
      loaded.delete(id)
      known.delete(id)
    },
    nameOf: (id) => known.get(id)?.summary.name ?? path.parse(placeOf(id).file).name,
  }
}

/** The folder of the test sets in the folder of a template. */
export function testSetFolder(template: string): string {
  return path.join(template, 'test-sets')
}

/** @throws AppError `not-found`. */
export async function stampOf(file: string): Promise<string> {
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

function notThere(): AppError {
  return new AppError('not-found', 'This test set is not there any more.')
}
