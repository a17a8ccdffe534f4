import type { Readable } from 'node:stream'
import { promisify } from 'node:util'
import { fromBuffer, type Entry, type ZipFile } from 'yauzl'
import { AppError } from '../../shared/errors.ts'

/** More parts than any document has; a container that claims more is meant to keep us busy. */
export const mostEntries = 20_000

const open = promisify<Buffer, { lazyEntries: boolean; autoClose: boolean }, ZipFile>(fromBuffer)

/** @throws yauzl's error for a damaged container. */
export function openZip(bytes: Uint8Array): Promise<ZipFile> {
  return open(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), {
    lazyEntries: true,
    autoClose: false,
  })
}

export async function* entriesOf(zip: ZipFile): AsyncGenerator<Entry> {
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

/**
 * Unpacks one part piece by piece. The sizes that a container declares can't be trusted, so the
 * unpacked bytes are counted.
 *
 * @param limit in bytes, unpacked.
 * @throws AppError `document-too-large` as soon as it is more; yauzl's error for a damaged
 * container.
 */
export async function* unpackEntry(
  zip: ZipFile,
  entry: Entry,
  limit: number,
): AsyncGenerator<Uint8Array> {
  const stream = await new Promise<Readable>((resolve, reject) => {
    zip.openReadStream(entry, (error, opened) => {
      if (error === null) resolve(opened)
      else reject(error)
    })
  })
  let size = 0
  for await (const part of stream as AsyncIterable<Uint8Array>) {
    size += part.byteLength
    // Leaving the loop destroys the stream, so that nothing further is unpacked.
    if (size > limit) throw unpacksTooLarge()
    yield part
  }
}

export function unpacksTooLarge(): AppError {
  return new AppError(
    'document-too-large',
    'This file unpacks to far more than a document holds, so it was not read. If it is a real document, split it into smaller ones or save it as PDF.',
  )
}
