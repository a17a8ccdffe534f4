import { copyFile, mkdir, open, readFile, type FileHandle } from 'node:fs/promises'
import path from 'node:path'
import { setImmediate as yieldToEvents } from 'node:timers/promises'
import { z } from 'zod'
import { AppError } from '../../shared/errors.ts'
import { diskFull, isDiskFull } from './diskFull.ts'
import { replaceFile } from './durableFile.ts'
import { brokenName, parseJson, type Notice } from './jsonFile.ts'
import { whenMissing } from './systemError.ts'

/**
 * Rows in a file that only grows: a changed row is a line `{"put":row}`, a row that is gone a line
 * `{"drop":id}`. A change therefore costs its own line, however many rows there are, and a kill can
 * tear the last line at most.
 */
export interface Journal<Row extends { readonly id: string }> {
  /** What was in the file when it was opened. */
  readonly initial: ReadonlyMap<string, Row>
  /**
   * Resolves once the change is on the disk. All changes of one call stand in one line, so that a
   * crash keeps them all or none. Calls at the same time share one flush.
   *
   * @throws AppError `disk-full`; the change is kept and written with the next one, or by `flush`.
   */
  write(change: { readonly put?: readonly Row[]; readonly drop?: readonly string[] }): Promise<void>
  /** Writes whatever could not be written before. */
  flush(): Promise<void>
  close(): Promise<void>
}

export interface JournalOptions<Row> {
  readonly file: string
  readonly row: z.ZodType<Row>
  readonly notice: Notice
  /** The rows as they are now, for compaction. */
  readonly rows: () => Iterable<Row>
  /** Number of `rows`. */
  readonly count: () => number
}

const version = 1
const header = `${JSON.stringify({ version })}\n`
const rowsAtATime = 500
/** Dead entries that are not worth rewriting the file for, however few rows there are. */
const spareEntries = 1_000

interface Line {
  readonly text: string
  /** Rows that it puts or drops. */
  readonly entries: number
}

export async function openJournal<Row extends { readonly id: string }>(
  options: JournalOptions<Row>,
): Promise<Journal<Row>> {
  const { file } = options
  await mkdir(path.dirname(file), { recursive: true })
  const { rows: initial, entries, torn, broken } = await readJournal(options)
  if (broken > 0) await keepCopy(file, broken, options.notice)
  if (entries === null || torn || broken > 0 || entries > initial.size) {
    await replaceFile(file, serialise(initial.values()))
  }
  return createWriter(options, initial, await open(file, 'r+'))
}

function createWriter<Row extends { readonly id: string }>(
  { file, rows, count }: JournalOptions<Row>,
  initial: ReadonlyMap<string, Row>,
  opened: FileHandle,
): Journal<Row> {
  let handle = opened
  let end: number | undefined
  let entries = initial.size
  let compactAt = 2 * entries + spareEntries
  let pending: Line[] = []
  let flushing: Promise<void> | undefined
  let again: Promise<void> | undefined

  async function append(): Promise<void> {
    if (pending.length === 0) return
    end ??= (await handle.stat()).size
    const taken = pending
    pending = []
    try {
      const bytes = Buffer.from(taken.map(({ text }) => text).join(''))
      for (let done = 0; done < bytes.length;) {
        done += (await handle.write(bytes, done, bytes.length - done, end + done)).bytesWritten
      }
      await handle.datasync()
      end += bytes.length
      for (const line of taken) entries += line.entries
    } catch (error) {
      pending = [...taken, ...pending]
      // Half a line in the middle of the file would make the next whole one unreadable.
      await handle.truncate(end)
      throw isDiskFull(error) ? diskFull(error) : error
    }
  }

  async function compactIfWorthwhile(): Promise<void> {
    if (entries <= compactAt) return
    // Changes made meanwhile are pending, and appended to the compacted file afterwards.
    await replaceFile(file, serialise(rows()))
    await handle.close()
    handle = await open(file, 'r+')
    end = undefined
    entries = count()
    compactAt = 2 * entries + spareEntries
  }

  async function flushOnce(): Promise<void> {
    await append()
    try {
      await compactIfWorthwhile()
    } catch {
      // What had to be kept is kept. A disk without room for a shorter copy may have it later.
      compactAt = entries + spareEntries
    }
  }

  /** One flush runs and at most one waits, which takes everything written in between. */
  function flush(): Promise<void> {
    if (flushing === undefined) {
      flushing = flushOnce().finally(() => (flushing = undefined))
      return flushing
    }
    again ??= flushing
      // Whoever waits for the flush under way hears of its failure; this one tries again.
      .catch(() => undefined)
      .then(() => {
        again = undefined
        return flush()
      })
    return again
  }

  return {
    initial,
    write({ put = [], drop = [] }) {
      if (put.length > 0 || drop.length > 0)
        pending.push({ text: toLine(put, drop), entries: put.length + drop.length })
      return flush()
    },
    flush,
    async close() {
      await flush().finally(() => handle.close())
    },
  }
}

function toLine(put: readonly unknown[], drop: readonly string[]): string {
  return `${JSON.stringify({
    ...(put.length > 0 ? { put } : {}),
    ...(drop.length > 0 ? { drop } : {}),
  })}\n`
}

async function* serialise(rows: Iterable<unknown>): AsyncIterable<string> {
  yield header
  let text = ''
  let inText = 0
  for (const row of rows) {
    text += toLine([row], [])
    inText += 1
    if (inText < rowsAtATime) continue
    yield text
    text = ''
    inText = 0
    await yieldToEvents()
  }
  yield text
}

interface ReadJournal<Row> {
  readonly rows: Map<string, Row>
  /** Rows put or dropped, or null where there was no file. */
  readonly entries: number | null
  readonly torn: boolean
  readonly broken: number
}

async function readJournal<Row extends { readonly id: string }>({
  file,
  row,
}: JournalOptions<Row>): Promise<ReadJournal<Row>> {
  const rows = new Map<string, Row>()
  const text = await readFile(file, 'utf8').catch(whenMissing(undefined))
  if (text === undefined) return { rows, entries: null, torn: false, broken: 0 }
  const entry = z.union([
    z.object({ version: z.number() }),
    z.object({ put: z.array(row).optional(), drop: z.array(z.string()).optional() }),
  ])
  const all = text.split('\n')
  const last = all.pop() ?? ''
  let broken = 0
  let entries = 0
  for (const [index, line] of all.entries()) {
    if (index % rowsAtATime === 0) await yieldToEvents()
    const change = parseJson(line, entry)
    if (change === undefined) broken += 1
    else entries += apply(change, rows)
  }
  // The last line has no end: torn by a kill, or whole but for its end.
  const change = last === '' ? undefined : parseJson(last, entry)
  if (change !== undefined) apply(change, rows)
  return { rows, entries, torn: last !== '', broken }
}

function apply<Row extends { readonly id: string }>(
  change:
    | { readonly version: number }
    | { readonly put?: Row[] | undefined; readonly drop?: string[] | undefined },
  rows: Map<string, Row>,
): number {
  if ('version' in change) {
    if (change.version <= version) return 0
    throw new AppError(
      'invalid-input',
      'This library was written by a newer version of Penknife. Open it with that version.',
    )
  }
  const { put = [], drop = [] } = change
  for (const row of put) rows.set(row.id, row)
  for (const id of drop) rows.delete(id)
  return put.length + drop.length
}

async function keepCopy(file: string, broken: number, notice: Notice): Promise<void> {
  const copy = brokenName(file)
  await copyFile(file, copy)
  notice(
    `${broken === 1 ? 'One entry' : `${String(broken)} entries`} of ${path.basename(file)} could not be read and left out. The file as it was is kept as ${copy}.`,
  )
}
