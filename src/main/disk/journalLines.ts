import { setImmediate as yieldToEvents } from 'node:timers/promises'
import { z } from 'zod'
import { AppError } from '../../shared/errors.ts'
import { parseJson, type Notice } from './jsonFile.ts'
import { readLineFile, toLine } from './lineFile.ts'

export interface JournalOptions<Row> {
  readonly file: string
  readonly row: z.ZodType<Row>
  readonly notice: Notice
  /** The rows as they are now, for compaction. */
  readonly rows: () => Iterable<Row>
  /** Number of `rows`. */
  readonly count: () => number
  /** Called with each change in the file, also with those that later ones undo. */
  readonly seen?: (change: JournalChange<Row>) => void
}

export interface JournalChange<Row> {
  readonly put?: readonly Row[]
  readonly drop?: readonly string[]
}

const version = 1
const rowsAtATime = 500

export interface ReadJournal<Row> {
  readonly rows: Map<string, Row>
  /** Rows put or dropped. */
  readonly entries: number
  /** Whether the first line is there; false also where there is no file. */
  readonly headed: boolean
  readonly missing: boolean
  /** Lines that could not be read. */
  readonly unreadable: number
}

/** @throws AppError `invalid-input` where a newer version wrote the file. */
export async function readJournal<Row extends { readonly id: string }>({
  file,
  row,
  seen: tell,
}: Pick<JournalOptions<Row>, 'file' | 'row' | 'seen'>): Promise<ReadJournal<Row>> {
  const rows = new Map<string, Row>()
  const entry = z.union([
    z.object({ version: z.number() }),
    z.object({ put: z.array(row).optional(), drop: z.array(z.string()).optional() }),
  ])
  const seen = { entries: 0, headed: false }
  const read = await readLineFile(file, (line) => {
    const change = parseJson(line.toString('utf8'), entry)
    if (change === undefined) return false
    if ('version' in change) {
      if (change.version > version) throw newerVersion()
      seen.headed = true
    } else {
      const { put = [], drop = [] } = change
      for (const one of put) rows.set(one.id, one)
      for (const id of drop) rows.delete(id)
      tell?.({ put, drop })
      seen.entries += put.length + drop.length
    }
    return true
  })
  const { broken, torn } = read ?? { broken: 0, torn: false }
  // The head is never torn: it comes with the file, in one step. This is something else.
  const missing = read === undefined
  return { rows, ...seen, missing, unreadable: broken + (torn && !seen.headed ? 1 : 0) }
}

/** A whole journal of these rows. */
export async function* serialiseRows(rows: Iterable<unknown>): AsyncIterable<string> {
  yield toLine({ version })
  let text = ''
  let inText = 0
  for (const row of rows) {
    text += toLine({ put: [row] })
    inText += 1
    if (inText < rowsAtATime) continue
    yield text
    text = ''
    inText = 0
    await yieldToEvents()
  }
  yield text
}

/** Rows that a change puts or drops. */
export function entriesOf({ put = [], drop = [] }: JournalChange<unknown>): number {
  return put.length + drop.length
}

function newerVersion(): AppError {
  return new AppError(
    'invalid-input',
    'This library was written by a newer version of Penknife. Open it with that version.',
  )
}
