import { constants } from 'node:fs'
import { open, readFile, type FileHandle } from 'node:fs/promises'
import { createMutex } from '../flow/mutex.ts'
import { createTimeSlices } from '../flow/timeSlices.ts'
import { whenMissing } from './systemError.ts'
import { explainingWrites, explainWrite } from './writeErrors.ts'
import { folderInPlace } from './wrongKind.ts'

/*
 * Files of JSON lines that only grow. There is one rule for a last line without a line break: if it
 * is whole JSON, it counts (a person wrote it, or the line was torn right before its break). If
 * not, it was torn by a kill or a full disk before anyone was notified that it was saved; it is
 * left out when the file is read, and cut off when something is appended.
 */

export interface LinesRead {
  /** Lines that could not be understood. A torn last line is not among them. */
  readonly broken: number
  /** Whether the last line was torn, and left out. */
  readonly torn: boolean
}

const newline = 0x0a
const byteOrderMark = Buffer.from('\uFEFF')

/**
 * Reads the lines of a file in turn, without their line breaks; blank ones are left out. A line that
 * cannot be understood does not keep the following ones from being read.
 *
 * @param understand returns false for a line that it cannot understand. The buffer is a part of the
 * whole file.
 * @returns undefined where there is no file.
 */
export async function readLineFile(
  file: string,
  understand: (line: Buffer) => boolean,
): Promise<LinesRead | undefined> {
  const bytes = await readFile(file).catch(folderInPlace(file)).catch(whenMissing(undefined))
  if (bytes === undefined) return undefined
  const slices = createTimeSlices()
  let broken = 0
  const take = (line: Buffer): void => {
    if (!isBlank(line) && !understand(line)) broken += 1
  }
  let start = bytes.indexOf(byteOrderMark) === 0 ? byteOrderMark.length : 0
  for (let end = bytes.indexOf(newline, start); end !== -1; end = bytes.indexOf(newline, start)) {
    if (slices.due()) await slices.pause()
    take(bytes.subarray(start, end))
    start = end + 1
  }
  const last = bytes.subarray(start)
  const torn = !isWhole(last)
  if (!torn) take(last)
  return { broken, torn }
}

/** A file of JSON lines that is open for appending. */
export interface LineFile {
  /**
   * Appends values, a line each. Where it fails, the file is as it was before.
   *
   * @throws AppError `disk-full`, `permission-denied`.
   */
  append(values: readonly unknown[]): Promise<void>
  /** Resolves once everything is on the disk. */
  close(): Promise<void>
}

export interface LineFileOptions {
  /** Makes an empty file where there is none; otherwise that is an error. */
  readonly create?: boolean
  /**
   * Milliseconds between two flushes at least. What was appended outlives the app at once, and a
   * power cut once it is flushed. Usually each append is flushed before it resolves.
   */
  readonly flushEveryMs?: number
}

/** Nothing is written until something is appended. */
export async function openLineFile(
  file: string,
  { create = false, flushEveryMs = 0 }: LineFileOptions = {},
): Promise<LineFile> {
  const flags = constants.O_RDWR | (create ? constants.O_CREAT : 0)
  const handle = await explainingWrites(() => open(file, flags))
  try {
    return createLineFile(handle, await explainingWrites(() => findEnd(handle)), flushEveryMs)
  } catch (error) {
    await handle.close()
    throw error
  }
}

/**
 * Appends values to a file that is there, a line each; they are on the disk when this resolves. Where
 * it fails, the file is as it was before.
 *
 * @throws AppError `disk-full`, `permission-denied`.
 */
export async function appendLines(file: string, values: readonly unknown[]): Promise<void> {
  const opened = await openLineFile(file)
  try {
    await opened.append(values)
  } finally {
    await opened.close()
  }
}

/** A value as a line, with its line break. */
export function toLine(value: unknown): string {
  return `${JSON.stringify(value)}\n`
}

function createLineFile(handle: FileHandle, found: FileEnd, flushEveryMs: number): LineFile {
  const exclusive = createMutex()
  let { end, ragged, missing } = found
  let flushedAt = performance.now()
  let flushed = true

  async function write(bytes: Buffer): Promise<void> {
    // Half a line in the middle would make the next whole one unreadable.
    if (ragged) await handle.truncate(end)
    ragged = true
    for (let done = 0; done < bytes.length;) {
      const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, end + done)
      done += bytesWritten
    }
    flushed = false
    if (performance.now() - flushedAt >= flushEveryMs) await flush()
    ragged = false
  }

  async function flush(): Promise<void> {
    await handle.datasync()
    flushed = true
    flushedAt = performance.now()
  }

  async function cutBack(): Promise<void> {
    try {
      await handle.truncate(end)
      ragged = false
    } catch {
      // Still ragged: the next append cuts it off, in this process or a later one.
    }
  }

  async function append(values: readonly unknown[]): Promise<void> {
    const bytes = Buffer.from(missing + values.map(toLine).join(''))
    try {
      await write(bytes)
    } catch (error) {
      await cutBack()
      throw explainWrite(error)
    }
    end += bytes.length
    missing = ''
  }

  return {
    append: (values) => exclusive(() => append(values)),
    close: () =>
      exclusive(async () => {
        try {
          if (!flushed) await explainingWrites(flush)
        } finally {
          await handle.close()
        }
      }),
  }
}

/** Where a file is appended to. */
interface FileEnd {
  /** In bytes. */
  readonly end: number
  /** Whether there is something after it that has to be cut off. */
  readonly ragged: boolean
  /** The line break that the last line lacks, or nothing. */
  readonly missing: '' | '\n'
}

async function findEnd(handle: FileHandle): Promise<FileEnd> {
  const { size } = await handle.stat()
  const last = await readLastLine(handle, size)
  if (last.length === 0) return { end: size, ragged: false, missing: '' }
  if (isWhole(last)) return { end: size, ragged: false, missing: '\n' }
  return { end: size - last.length, ragged: true, missing: '' }
}

const blockBytes = 1 << 16

/** What follows the last line break. */
async function readLastLine(handle: FileHandle, size: number): Promise<Buffer> {
  let last: Buffer = Buffer.alloc(0)
  for (let end = size; end > 0;) {
    const start = Math.max(0, end - blockBytes)
    const block = Buffer.alloc(end - start)
    await handle.read(block, 0, block.length, start)
    const at = block.lastIndexOf(newline)
    last = Buffer.concat([block.subarray(at + 1), last])
    if (at !== -1) break
    end = start
  }
  return last
}

/** Whether a line without a line break is all there: no beginning of a JSON object is JSON itself. */
function isWhole(line: Buffer): boolean {
  if (isBlank(line)) return true
  try {
    JSON.parse(line.toString('utf8').replace(/^\uFEFF/u, ''))
    return true
  } catch (error) {
    if (error instanceof SyntaxError) return false
    throw error
  }
}

function isBlank(line: Buffer): boolean {
  return line.every((byte) => byte === 0x20 || byte === 0x09 || byte === 0x0d)
}
