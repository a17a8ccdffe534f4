import { appendFile, copyFile, mkdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { testRow, type TestRow } from '../../../shared/domain/testRun/testSet.ts'
import { renamePatiently, replaceFile } from '../../disk/durableFile.ts'
import { brokenName, type Notice } from '../../disk/jsonFile.ts'
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

/**
 * Reads a test set. Lines that cannot be understood are left out, after a copy was set aside; a file
 * without any line that can is set aside whole. Both are reported.
 *
 * @returns null where no test set lies in the file, or one that only a newer Penknife can read.
 */
export async function readTestSet(file: string, notice: Notice): Promise<ReadTestSet | null> {
  const lines = (await readFile(file, 'utf8')).replace(/^\uFEFF/u, '').split('\n')
  const last = lines.at(-1) ?? ''
  const torn = last !== '' && parseLine(last) === null
  if (torn) lines.pop()
  const slices = createTimeSlices()
  const rows = new Map<string, TestRow>()
  let name: string | undefined
  let changes = 0
  let broken = 0
  for (const text of lines) {
    if (slices.due()) await slices.pause()
    if (text.trim() === '') continue
    const parsed = parseLine(text)
    if (parsed === null) {
      broken += 1
    } else if ('schema' in parsed) {
      if (parsed.schema > schema) {
        notice(
          `The test set ${file} was written by a newer version of Penknife and was left as it is.`,
        )
        return null
      }
      name = parsed.name
    } else if ('drop' in parsed) {
      changes += 1
      for (const id of parsed.drop) rows.delete(id)
    } else {
      changes += 1
      rows.set(parsed.id, parsed)
    }
  }
  if (name === undefined && rows.size === 0) {
    const aside = brokenName(file)
    await renamePatiently(file, aside)
    notice(`A test set could not be read. It was kept as ${aside}.`)
    return null
  }
  const found = { name: name ?? path.parse(file).name, rows }
  if (broken === 0) {
    // The change that a kill tore was never answered. What follows must not melt into it.
    if (torn) await writeTestSet(file, found.name, rows.values())
    else if (last !== '') await appendFile(file, '\n', { flush: true })
    return { ...found, dead: torn ? 0 : changes - rows.size }
  }
  const copy = brokenName(file)
  await copyFile(file, copy)
  await writeTestSet(file, found.name, rows.values())
  notice(
    `${broken === 1 ? 'A line' : `${broken} lines`} of the test set “${found.name}” could not be read and ${broken === 1 ? 'was' : 'were'} left out. The file as it was is kept as ${copy}.`,
  )
  return { ...found, dead: 0 }
}

/** Writes a whole test set in one step. */
export async function writeTestSet(
  file: string,
  name: string,
  rows: Iterable<TestRow>,
): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true })
  await replaceFile(file, serialise(name, rows))
}

/** Appends changes, for a file that was read before. */
export async function appendToTestSet(
  file: string,
  changes: readonly TestSetLine[],
): Promise<void> {
  await appendFile(file, changes.map(toLine).join(''), { flush: true })
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

function toLine(value: TestSetLine): string {
  return `${JSON.stringify(value)}\n`
}

function parseLine(text: string): TestSetLine | null {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
  const parsed = line.safeParse(json)
  return parsed.success ? parsed.data : null
}
