import path from 'node:path'
import { z } from 'zod'
import { testRow, type TestRow } from '../../../shared/domain/testRun/testSet.ts'
import { makeFolder, renamePatiently, replaceFile } from '../../disk/durableFile.ts'
import { brokenName, keepBrokenCopy, parseJson, type Notice } from '../../disk/jsonFile.ts'
import { readLineFile, toLine } from '../../disk/lineFile.ts'
import { createTimeSlices } from '../../flow/timeSlices.ts'

/**
 * A test set lies in one file of JSON lines that people can read and tools can make: a head with
 * its name, then a row a line. A change is appended, so that it costs the same in a set of a
 * hundred thousand rows as in a small one: later lines win, and `{"drop":[…]}` names rows that are
 * gone.
 */
const line = z.union([
  // First: nearly all lines are rows, and each is tried against these one by one.
  testRow,
  z.object({ schema: z.number().int(), name: z.string().min(1).max(200) }),
  z.object({ drop: z.array(z.string()) }),
])
export type TestSetLine = z.infer<typeof line>

export interface ReadTestSet {
  readonly name: string
  /** In the order in which they stand in the file; a row that was changed keeps its place. */
  readonly rows: ReadonlyMap<string, TestRow>
  /** Lines that later ones have made useless. */
  readonly dead: number
}

const schema = 1
const linesAtATime = 500

/** What the lines of a file say. */
interface FoundTestSet {
  readonly name: string | undefined
  readonly rows: Map<string, TestRow>
  /** Rows put, and lines that drop some. */
  readonly changes: number
  readonly broken: number
  readonly isNewer: boolean
}

/**
 * Reads a test set. Lines that cannot be understood are left out, after a copy was set aside; a file
 * without any line that can is set aside whole. Both are reported.
 *
 * @returns null where the file holds no test set, or one that only a newer Penknife can read.
 */
export async function readTestSet(file: string, notice: Notice): Promise<ReadTestSet | null> {
  const found = await findRows(file)
  if (found === null) return null
  const { rows, changes, broken } = found
  if (found.isNewer) {
    notice(`The test set ${file} was written by a newer version of Penknife and was left as it is.`)
    return null
  }
  if (found.name === undefined && rows.size === 0) {
    const aside = brokenName(file)
    await renamePatiently(file, aside)
    notice(`A test set could not be read. It was kept as ${aside}.`)
    return null
  }
  const name = found.name ?? path.parse(file).name
  if (broken === 0) return { name, rows, dead: changes - rows.size }
  const copy = await keepBrokenCopy(file)
  await writeTestSet(file, name, rows.values())
  notice(
    `${broken === 1 ? 'A line' : `${broken} lines`} of the test set “${name}” could not be read and ${broken === 1 ? 'was' : 'were'} left out. The file as it was is kept as ${copy}.`,
  )
  return { name, rows, dead: 0 }
}

async function findRows(file: string): Promise<FoundTestSet | null> {
  const rows = new Map<string, TestRow>()
  let name: string | undefined
  let changes = 0
  let isNewer = false
  const read = await readLineFile(file, (text) => {
    const parsed = parseJson(text.toString('utf8'), line)
    if (parsed === undefined) return false
    if ('schema' in parsed) {
      isNewer ||= parsed.schema > schema
      name = parsed.name
    } else if ('drop' in parsed) {
      changes += 1
      for (const id of parsed.drop) rows.delete(id)
    } else {
      changes += 1
      rows.set(parsed.id, parsed)
    }
    return true
  })
  return read === undefined ? null : { name, rows, changes, broken: read.broken, isNewer }
}

/** Writes a whole test set in one step. */
export async function writeTestSet(
  file: string,
  name: string,
  rows: Iterable<TestRow>,
): Promise<void> {
  await makeFolder(path.dirname(file))
  await replaceFile(file, serialise(name, rows))
}

export function headOf(name: string): TestSetLine {
  return { schema, name }
}

async function* serialise(name: string, rows: Iterable<TestRow>): AsyncIterable<string> {
  const slices = createTimeSlices()
  let text = toLine(headOf(name))
  let inText = 0
  for (const row of rows) {
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
