import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import { z } from 'zod'
import { fileTask, unreadable, type CheckTask, type FoundFault } from '../disk/checkTask.ts'
import { parseJson } from '../disk/jsonFile.ts'
import { replaceFile } from '../disk/durableFile.ts'
import { whenMissing } from '../disk/systemError.ts'
import { folderInPlace } from '../disk/wrongKind.ts'
import { createTermCounts, type TermCounts } from './termCounts.ts'
import { createTimeSlices } from '../flow/timeSlices.ts'

/** Also changes when `terms` splits words in another way: old counts then mean nothing. */
const version = 3

const header = z.object({
  version: z.literal(version),
  fingerprint: z.number(),
  chunks: z.number().int().nonnegative(),
  length: z.number().int().nonnegative(),
  terms: z.number().int().nonnegative(),
})

/**
 * Reads counts: a line of JSON, then one `count<TAB>term` per line. One JSON document would be
 * parsed all at once, and a large library has a million terms.
 *
 * @returns undefined if there are none that belong to `fingerprint`.
 */
export async function readTermCounts(
  file: string,
  fingerprint: number,
): Promise<TermCounts | undefined> {
  const text = await readFile(file, 'utf8').catch(folderInPlace(file)).catch(whenMissing(undefined))
  if (text === undefined) return undefined
  return parseTermCounts(text, (one) => one === fingerprint)
}

/** @returns undefined where the text is damaged, or its fingerprint is not wanted. */
async function parseTermCounts(
  text: string,
  isWanted: (fingerprint: number) => boolean,
): Promise<TermCounts | undefined> {
  const firstEnd = text.indexOf('\n')
  const head = parseJson(text.slice(0, Math.max(0, firstEnd)), header)
  if (head === undefined || !isWanted(head.fingerprint)) return undefined
  const frequencies = new Map<string, number>()
  const slices = createTimeSlices()
  for (let from = firstEnd + 1; from < text.length;) {
    if (slices.due()) await slices.pause()
    const tab = text.indexOf('\t', from)
    const end = text.indexOf('\n', tab)
    const count = Number(text.slice(from, tab))
    if (tab < 0 || end < 0 || !Number.isSafeInteger(count) || count < 1) return undefined
    frequencies.set(text.slice(tab + 1, end), count)
    from = end + 1
  }
  if (frequencies.size !== head.terms) return undefined
  return createTermCounts({ chunks: head.chunks, length: head.length, frequencies })
}

/** The check of the counts in the folder of an index. They belong to the state of its last saving. */
export function termCountsCheck(name: string, directory: string): CheckTask {
  const file = termCountsIn(directory)
  return fileTask(name, file, async () => {
    if (await isFine(file)) return null
    const runRepair: FoundFault['runRepair'] = (aside) => aside.move(file)
    return { kind: 'word-counts', lines: null, repair: 'set-aside', runRepair }
  })
}

async function isFine(file: string): Promise<boolean> {
  try {
    const text = await readFile(file, 'utf8').catch(whenMissing(undefined))
    return text === undefined || (await parseTermCounts(text, () => true)) !== undefined
  } catch (error) {
    unreadable(error)
    return false
  }
}

/** The file of the counts in the folder of an index. */
export function termCountsIn(directory: string): string {
  return path.join(directory, 'terms.json')
}

/** Terms have neither tabs nor line breaks: `terms` splits at both. */
export async function writeTermCounts(
  file: string,
  fingerprint: number,
  counts: TermCounts,
): Promise<void> {
  const { chunks, length, size } = counts
  const head = { version, fingerprint, chunks, length, terms: size } as const
  await replaceFile(file, Readable.from(lines(JSON.stringify(head), counts)))
}

const linesPerWrite = 5_000

function* lines(head: string, counts: TermCounts): Generator<string> {
  let text = `${head}\n`
  let held = 0
  for (const [term, count] of counts.entries()) {
    text += `${String(count)}\t${term}\n`
    held += 1
    if (held % linesPerWrite === 0) {
      yield text
      text = ''
    }
  }
  yield text
}
