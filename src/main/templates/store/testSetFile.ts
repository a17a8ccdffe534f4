import path from 'node:path'
import { z } from 'zod'
import {
  testRow,
  testSetEdit,
  type TestRow,
  type TestSetEdit,
} from '../../../shared/domain/testRun/testSet.ts'
import { makeFolder, move, replaceFile } from '../../disk/durableFile.ts'
import { brokenName, keepBrokenCopy, parseJson, type Notice } from '../../disk/jsonFile.ts'
import { readLineFile, toLine } from '../../disk/lineFile.ts'
import { createTimeSlices } from '../../flow/timeSlices.ts'

/**
 * A test set is a file of JSON lines: a head with its name, then one row per line. A change of one
 * row is appended, so that its cost doesn't depend on the number of rows: later lines override
 * earlier ones, and `{"drop":[…]}` names removed rows. A head says which version the rows behind it
 * are, and how many they are; each line behind those is an edit, which makes the next version.
 */
const line = z.union([
  // First, since nearly all lines are rows and the schemas are tried in order.
  testRow,
  z.object({
    schema: z.number().int(),
    name: z.string().min(1).max(200),
    written: z
      .object({ version: z.number().int(), edit: testSetEdit.nullable(), rows: z.number().int() })
      .optional(),
  }),
  z.object({ drop: z.array(z.string()) }),
])
export type TestSetLine = z.infer<typeof line>

/** Which version of a test set its rows are. */
export interface TestSetVersion {
  readonly version: number
  /** The edit that made it, if it is known. */
  readonly edit: TestSetEdit | null
}

const firstVersion: TestSetVersion = { version: 1, edit: null }

export interface ReadTestSet {
  readonly name: string
  readonly made: TestSetVersion
  /** Whether the file says its version, so that lines that are appended make the next ones. */
  readonly isNumbered: boolean
  /** In the order of the file; changed rows keep their place. */
  readonly rows: ReadonlyMap<string, TestRow>
  /** Number of lines that later lines have replaced. */
  readonly dead: number
}

const schema = 2
const linesAtATime = 500

/** The content of a file's lines. */
interface FoundTestSet {
  readonly name: string | undefined
  readonly made: TestSetVersion
  readonly isNumbered: boolean
  readonly rows: Map<string, TestRow>
  /** Number of lines with rows or drops. */
  readonly changes: number
  readonly broken: number
  readonly isNewer: boolean
}

/**
 * Reads a test set. If there are invalid lines, a copy of the file is set aside and they are left
 * out; a file without any valid line is set aside itself. Both are reported.
 *
 * @returns null if the file isn't a test set, or needs a newer Penknife.
 */
export async function readTestSet(file: string, notice: Notice): Promise<ReadTestSet | null> {
  const found = await findRows(file)
  if (found === null) return null
  const { rows, changes, broken, made, isNumbered } = found
  if (found.isNewer) {
    notice(`The test set ${file} was written by a newer version of Penknife and was left as it is.`)
    return null
  }
  if (found.name === undefined && rows.size === 0) {
    const aside = brokenName(file)
    await move(file, aside)
    notice(`A test set could not be read. It was kept as ${aside}.`)
    return null
  }
  const name = found.name ?? path.parse(file).name
  if (broken === 0) return { name, made, isNumbered, rows, dead: changes - rows.size }
  const copy = await keepBrokenCopy(file)
  await writeTestSet(file, name, rows, made)
  notice(
    `${broken === 1 ? 'A line' : `${broken} lines`} of the test set “${name}” could not be read and ${broken === 1 ? 'was' : 'were'} left out. The file as it was is kept as ${copy}.`,
  )
  return { name, made, isNumbered: true, rows, dead: 0 }
}

/** What is wrong with the file of a test set, and what can be read of it; null where it is in order. */
export async function findTestSetFault(
  file: string,
): Promise<{ readonly lines: number; readonly readable: ReadTestSet | null } | null> {
  const found = await findRows(file)
  if (found === null || found.isNewer) return null
  const { rows, broken, made, isNumbered } = found
  if (found.name === undefined && rows.size === 0) return { lines: broken, readable: null }
  if (broken === 0) return null
  const name = found.name ?? path.parse(file).name
  return { lines: broken, readable: { name, made, isNumbered, rows, dead: 0 } }
}

async function findRows(file: string): Promise<FoundTestSet | null> {
  const rows = new Map<string, TestRow>()
  let name: string | undefined
  let changes = 0
  let isNewer = false
  let made = firstVersion
  let isNumbered = false
  /** Rows that are still part of what was written whole. */
  let left = 0
  const read = await readLineFile(file, (text) => {
    const parsed = parseJson(text.toString('utf8'), line)
    if (parsed === undefined) {
      left -= 1
      return false
    }
    if ('schema' in parsed) {
      isNewer ||= parsed.schema > schema
      name = parsed.name
      if (parsed.written !== undefined) {
        made = parsed.written
        isNumbered = true
        left = parsed.written.rows
      }
    } else if ('drop' in parsed) {
      changes += 1
      if (isNumbered) made = editedBy(made, rows, [], parsed.drop)
      for (const id of parsed.drop) rows.delete(id)
    } else {
      changes += 1
      left -= 1
      if (isNumbered && left < 0) made = editedBy(made, rows, [parsed], [])
      rows.set(parsed.id, parsed)
    }
    return true
  })
  if (read === undefined) return null
  return { name, made, isNumbered, rows, changes, broken: read.broken, isNewer }
}

/** The version that an edit makes of another. */
export function editedBy(
  { version }: TestSetVersion,
  rows: ReadonlyMap<string, TestRow>,
  put: readonly TestRow[],
  dropped: readonly string[],
): TestSetVersion {
  const ids = [...new Set(put.map(({ id }) => id))]
  const changed = ids.filter((id) => rows.has(id)).length
  const removed = dropped.filter((id) => rows.has(id)).length
  const next = version + 1
  return { version: next, edit: { version: next, added: ids.length - changed, changed, removed } }
}

/** Writes a whole test set in one step. */
export async function writeTestSet(
  file: string,
  name: string,
  rows: ReadonlyMap<string, TestRow>,
  made: TestSetVersion = firstVersion,
): Promise<void> {
  await makeFolder(path.dirname(file))
  await replaceFile(file, serialise(name, rows, made))
}

/** A head that changes the name alone. */
export function headOf(name: string): TestSetLine {
  return { schema, name }
}

async function* serialise(
  name: string,
  rows: ReadonlyMap<string, TestRow>,
  made: TestSetVersion,
): AsyncIterable<string> {
  const slices = createTimeSlices()
  let text = toLine({ ...headOf(name), written: { ...made, rows: rows.size } })
  let inText = 0
  for (const row of rows.values()) {
    text += toLine(row)
    inText += 1
    if (inText < linesAtATime) continue
    yield text
    text = ''
    inText = 0
    if (slices.due()) await slices.pause()
  }
  yield text
}
