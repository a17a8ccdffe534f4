import path from 'node:path'
import { z } from 'zod'
import { testRow, type TestRow } from '../../../shared/domain/testRun/testSet.ts'
import { makeFolder, move, replaceFile } from '../../disk/durableFile.ts'
import { brokenName, keepBrokenCopy, parseJson, type Notice } from '../../disk/jsonFile.ts'
import { readLineFile, toLine } from '../../disk/lineFile.ts'
import { createTimeSlices } from '../../flow/timeSlices.ts'

/**
 * A test set is a file of JSON lines: a head with its name, then one row per line. A change of one
 * row is appended, so that its cost doesn't depend on the number of rows: later lines override
 * earlier ones, and `{"drop":[…]}` names removed rows.
 */
const line = z.union([
  // First, since nearly all lines are rows and the schemas are tried in order.
  testRow,
  z.object({ schema: z.number().int(), name: z.string().min(1).max(200) }),
  z.object({ drop: z.array(z.string()) }),
])
export type TestSetLine = z.infer<typeof line>

export interface ReadTestSet {
  readonly name: string
  /** In the order of the file; changed rows keep their place. */
  readonly rows: ReadonlyMap<string, TestRow>
  /** Number of lines that later lines have replaced. */
  readonly dead: number
}

const schema = 1
const linesAtATime = 500

/** The content of a file's lines. */
interface FoundTestSet {
  readonly name: string | undefined
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
  const { rows, changes, broken } = found
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
  if (broken === 0) return { name, rows, dead: changes - rows.size }
  const copy = await keepBrokenCopy(file)
  await writeTestSet(file, name, rows.values())
  notice(
    `${broken === 1 ? 'A line' : `${broken} lines`} of the test set “${name}” could not be read and ${broken === 1 ? 'was' : 'were'} left out. The file as it was is kept as ${copy}.`,
  )
  return { name, rows, dead: 0 }
}

/** What is wrong with the file of a test set, and what can be read of it; null where it is in order. */
export async function findTestSetFault(
  file: string,
): Promise<{ readonly lines: number; readonly readable: ReadTestSet | null } | null> {
  const found = await findRows(file)
  if (found === null || found.isNewer) return null
  const { rows, broken } = found
  if (found.name === undefined && rows.size === 0) return { lines: broken, readable: null }
  if (broken === 0) return null
  return { lines: broken, readable: { name: found.name ?? path.parse(file).name, rows, dead: 0 } }
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
