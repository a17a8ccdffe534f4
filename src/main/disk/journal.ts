import path from 'node:path'
import { makeFolder, replaceFile } from './durableFile.ts'
import { keepBrokenCopy } from './jsonFile.ts'
import {
  entriesOf,
  readJournal,
  serialiseRows,
  type JournalChange,
  type JournalOptions,
} from './journalLines.ts'
import { openLineFile, toLine, type LineFile } from './lineFile.ts'

/**
 * Rows in a file that only grows: a changed row is a line `{"put":row}`, a row that is gone a line
 * `{"drop":id}`. A change therefore costs its own line, however many rows there are, and a kill can
 * tear the last line at most.
 */
export interface Journal<Row extends { readonly id: string }> {
  /** What was in the file when it was opened. */
  readonly initial: ReadonlyMap<string, Row>
  readonly found: FoundJournal
  /**
   * Resolves once the change is on the disk. All changes of one call are in one line, so that a
   * crash keeps them all or none. Calls at the same time share one flush. The first one writes the
   * whole file if it was not found whole.
   *
   * @throws AppError `disk-full`; the change is kept and written with the next one, or by `flush`.
   */
  write(change: JournalChange<Row>): Promise<void>
  /** Rewrites the file without the rows that later ones replace, if it has any. */
  tidy(): Promise<void>
  /** Writes the file again, because it is damaged. */
  rewrite(): Promise<void>
  /** Writes the changes that could not be written before. */
  flush(): Promise<void>
  close(): Promise<void>
}

/** How the file was found; `damaged`: rows may be lost. A missing one may be a new one. */
export type FoundJournal = 'whole' | 'damaged' | 'missing'

/** Dead entries that are not worth rewriting the file for, however few rows there are. */
const spareEntries = 1_000

/**
 * Opens a journal without writing to it. A damaged file stays as it is until the first change is
 * written, so that a kill before does not make its remains look like everything there was.
 *
 * @throws AppError `invalid-input` where a newer version wrote the file, or there is a folder.
 */
export async function openJournal<Row extends { readonly id: string }>(
  options: JournalOptions<Row>,
): Promise<Journal<Row>> {
  await makeFolder(path.dirname(options.file))
  const { rows, entries, headed, missing, unreadable } = await readJournal(options)
  const found = missing ? 'missing' : headed && unreadable === 0 ? 'whole' : 'damaged'
  return createWriter(options, { rows, found, entries, unreadable })
}

interface Opened<Row> {
  readonly rows: ReadonlyMap<string, Row>
  readonly found: FoundJournal
  /** Rows put or dropped in the file. */
  readonly entries: number
  /** Lines that could not be read. */
  readonly unreadable: number
}

/** One flush runs and at most one waits, which takes everything written in between. */
function oneAtATime(flushOnce: () => Promise<void>): () => Promise<void> {
  let flushing: Promise<void> | undefined
  let again: Promise<void> | undefined
  function flush(): Promise<void> {
    if (flushing === undefined) {
      flushing = flushOnce().finally(() => (flushing = undefined))
      return flushing
    }
    again ??= flushing
      // The caller of the current flush gets its error; this one tries again.
      .catch(() => undefined)
      .then(() => {
        again = undefined
        return flush()
      })
    return again
  }
  return flush
}

function createWriter<Row extends { readonly id: string }>(
  { file, rows, count, notice }: JournalOptions<Row>,
  { rows: initial, found, entries: inFile, unreadable }: Opened<Row>,
): Journal<Row> {
  let lines: LineFile | undefined
  let entries = inFile
  let isWhole = found === 'whole'
  let compactAt = 2 * initial.size + spareEntries
  let isTidyWanted = false
  let isRewriteWanted = false
  let pending: JournalChange<Row>[] = []

  async function append(): Promise<void> {
    if (pending.length === 0) return
    const taken = pending
    pending = []
    try {
      if (isWhole) {
        lines ??= await openLineFile(file)
        await lines.append(taken)
        for (const change of taken) entries += entriesOf(change)
      } else await writeWhole(taken)
    } catch (error) {
      pending = [...taken, ...pending]
      throw error
    }
  }

  /** @param changes all since the file was read. */
  async function writeWhole(changes: readonly JournalChange<Row>[]): Promise<void> {
    if (unreadable > 0) notice(keptSentence(file, unreadable, await keepBrokenCopy(file)))
    await replaceFile(file, serialise(initial, changes))
    isWhole = true
    entries = changes.reduce((sum, change) => sum + entriesOf(change), initial.size)
  }

  async function compact(): Promise<void> {
    // Changes made meanwhile are pending, and appended to the compacted file afterwards.
    await lines?.close()
    lines = undefined
    const isDone = await compactIfRoom(file, rows())
    if (isDone) {
      entries = count()
      isWhole = true
    }
    compactAt = (isDone ? 2 : 1) * entries + spareEntries
  }

  async function flushOnce(): Promise<void> {
    await append()
    if (isTidyWanted && !isWhole) await writeWhole([])
    if (isRewriteWanted || entries > (isTidyWanted ? count() : compactAt)) await compact()
    isTidyWanted = false
    isRewriteWanted = false
  }

  const flush = oneAtATime(flushOnce)

  return {
    initial,
    found,
    write(change) {
      if (entriesOf(change) > 0) pending.push(withoutEmpty(change))
      return flush()
    },
    tidy() {
      isTidyWanted = true
      return flush()
    },
    rewrite() {
      isRewriteWanted = true
      return flush()
    },
    flush,
    async close() {
      await flush().finally(() => lines?.close())
    },
  }
}

/** @returns whether the file could be written. If not, nothing is lost: the longer one says the same. */
async function compactIfRoom(file: string, rows: Iterable<unknown>): Promise<boolean> {
  try {
    await replaceFile(file, serialiseRows(rows))
    return true
  } catch {
    return false
  }
}

async function* serialise<Row>(
  rows: ReadonlyMap<string, Row>,
  changes: readonly JournalChange<Row>[],
): AsyncIterable<string> {
  yield* serialiseRows(rows.values())
  yield changes.map(toLine).join('')
}

function keptSentence(file: string, unreadable: number, copy: string): string {
  const entries = unreadable === 1 ? 'One entry' : `${String(unreadable)} entries`
  return `${entries} of ${path.basename(file)} could not be read and left out. The file as it was is kept as ${copy}.`
}

function withoutEmpty<Row>({ put = [], drop = [] }: JournalChange<Row>): JournalChange<Row> {
  return { ...(put.length > 0 ? { put } : {}), ...(drop.length > 0 ? { drop } : {}) }
}
