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
import { openLineFile, type LineFile } from './lineFile.ts'

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
   * crash keeps them all or none. Calls at the same time share one flush.
   *
   * @throws AppError `disk-full`; the change is kept and written with the next one, or by `flush`.
   */
  write(change: JournalChange<Row>): Promise<void>
  /** Rewrites the file without the rows that later ones replace, if it has any. */
  tidy(): Promise<void>
  /** Writes the changes that could not be written before. */
  flush(): Promise<void>
  close(): Promise<void>
}

/** How the file was found; `damaged`: rows may be lost. A missing one may be a new one. */
export type FoundJournal = 'whole' | 'damaged' | 'missing'

/** Dead entries that are not worth rewriting the file for, however few rows there are. */
const spareEntries = 1_000

export async function openJournal<Row extends { readonly id: string }>(
  options: JournalOptions<Row>,
): Promise<Journal<Row>> {
  const { file, notice } = options
  await makeFolder(path.dirname(file))
  const { rows, entries, headed, missing, unreadable } = await readJournal(options)
  if (unreadable > 0) {
    const copy = await keepBrokenCopy(file)
    notice(
      `${unreadable === 1 ? 'One entry' : `${String(unreadable)} entries`} of ${path.basename(file)} could not be read and left out. The file as it was is kept as ${copy}.`,
    )
  }
  if (!headed || unreadable > 0) await replaceFile(file, serialiseRows(rows.values()))
  const found = missing ? 'missing' : headed && unreadable === 0 ? 'whole' : 'damaged'
  const kept = found === 'whole' ? entries : rows.size
  return createWriter(options, { rows, found, entries: kept }, await openLineFile(file))
}

interface Opened<Row> {
  readonly rows: ReadonlyMap<string, Row>
  readonly found: FoundJournal
  /** Rows put or dropped in the file. */
  readonly entries: number
}

function createWriter<Row extends { readonly id: string }>(
  { file, rows, count }: JournalOptions<Row>,
  { rows: initial, found, entries: inFile }: Opened<Row>,
  opened: LineFile,
): Journal<Row> {
  let lines: LineFile | undefined = opened
  let entries = inFile
  let compactAt = 2 * initial.size + spareEntries
  let isTidyWanted = false
  let pending: JournalChange<Row>[] = []
  let flushing: Promise<void> | undefined
  let again: Promise<void> | undefined

  async function append(): Promise<void> {
    if (pending.length === 0) return
    const taken = pending
    pending = []
    try {
      lines ??= await openLineFile(file)
      await lines.append(taken)
      for (const change of taken) entries += entriesOf(change)
    } catch (error) {
      pending = [...taken, ...pending]
      throw error
    }
  }

  async function compact(): Promise<void> {
    // Changes made meanwhile are pending, and appended to the compacted file afterwards.
    await lines?.close()
    lines = undefined
    const isDone = await compactIfRoom(file, rows())
    if (isDone) entries = count()
    compactAt = (isDone ? 2 : 1) * entries + spareEntries
  }

  async function flushOnce(): Promise<void> {
    await append()
    if (entries > (isTidyWanted ? count() : compactAt)) await compact()
    isTidyWanted = false
  }

  /** One flush runs and at most one waits, which takes everything written in between. */
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

function withoutEmpty<Row>({ put = [], drop = [] }: JournalChange<Row>): JournalChange<Row> {
  return { ...(put.length > 0 ? { put } : {}), ...(drop.length > 0 ? { drop } : {}) }
}
