import type { Readable } from 'node:stream'
import { promisify } from 'node:util'
import { fromBuffer, type Entry, type ZipFile } from 'yauzl'
import { AppError, throwIfAborted } from '../../shared/errors.ts'

export interface ZipLimits {
  /** Size of everything in it, unpacked. */
  readonly unpackedBytes: number
  /** Size of one part that holds text, unpacked. */
  readonly textBytes: number
}

const mostEntries = 20_000

const openZip = promisify<Buffer, { lazyEntries: boolean }, ZipFile>(fromBuffer)

/**
 * Unpacks every part of a zip container once, to nowhere, and counts: what a container says of its
 * own sizes is not to be trusted, and the library that reads it afterwards has no limit.
 *
 * @returns the names of its parts.
 * @throws AppError `document-too-large`, `document-encrypted`; whatever yauzl says of a damaged
 * container.
 */
export async function checkZip(
  bytes: Uint8Array,
  limits: ZipLimits,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const zip = await openZip(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), {
    lazyEntries: true,
  })
  const names: string[] = []
  let total = 0
  if (zip.entryCount > mostEntries) throw tooLarge()
  for await (const entry of entriesOf(zip)) {
    throwIfAborted(signal)
    if ((entry.generalPurposeBitFlag & 1) !== 0) throw encrypted()
    names.push(entry.fileName)
    if (names.length > mostEntries) throw tooLarge()
    const isText = /\.(?:xml|rels)$/i.test(entry.fileName)
    const left = limits.unpackedBytes - total
    total += await countBytes(zip, entry, isText ? Math.min(left, limits.textBytes) : left)
  }
  return names
}

async function* entriesOf(zip: ZipFile): AsyncGenerator<Entry> {
  for (;;) {
    const entry = await new Promise<Entry | null>((resolve, reject) => {
      const settle = (act: () => void): void => {
        zip.removeAllListeners('entry').removeAllListeners('end').removeAllListeners('error')
        act()
      }
      zip.once('entry', (next: Entry) => settle(() => resolve(next)))
      zip.once('end', () => settle(() => resolve(null)))
      zip.once('error', (error: Error) => settle(() => reject(error)))
      zip.readEntry()
    })
    if (entry === null) return
    yield entry
  }
}

async function countBytes(zip: ZipFile, entry: Entry, limit: number): Promise<number> {
  const stream = await new Promise<Readable>((resolve, reject) => {
    zip.openReadStream(entry, (error, opened) => {
      if (error === null) resolve(opened)
      else reject(error)
    })
  })
  let size = 0
  for await (const part of stream as AsyncIterable<Uint8Array>) {
    size += part.byteLength
    // Leaving the loop destroys the stream, so that no more is unpacked.
    if (size > limit) throw tooLarge()
  }
  return size
}

function tooLarge(): AppError {
  return new AppError(
    'document-too-large',
    'This file unpacks to far more than a document holds, so it was not read. If it is a real document, split it into smaller ones or save it as PDF.',
  )
}

function encrypted(): AppError {
  return new AppError(
    'document-encrypted',
    'This file is locked with a password. Save a copy without the password and add that.',
  )
}
