import { throwIfAborted } from '../../shared/errors.ts'
import { encryptedFile } from './encryptedFile.ts'
import { entriesOf, mostEntries, openZip, unpackEntry, unpacksTooLarge } from './zipEntries.ts'

export interface ZipLimits {
  /** Size of everything in it, unpacked. */
  readonly unpackedBytes: number
  /** Size of one text part, unpacked. */
  readonly textBytes: number
}

/**
 * Unpacks every part of a zip container once, to nowhere, and counts: for libraries that unpack it
 * themselves and have no limit.
 *
 * @returns the names of its parts.
 * @throws AppError `document-too-large`, `document-encrypted`; yauzl's error for a damaged
 * container.
 */
export async function checkZip(
  bytes: Uint8Array,
  limits: ZipLimits,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const zip = await openZip(bytes)
  const names: string[] = []
  let total = 0
  if (zip.entryCount > mostEntries) throw unpacksTooLarge()
  for await (const entry of entriesOf(zip)) {
    throwIfAborted(signal)
    if ((entry.generalPurposeBitFlag & 1) !== 0) throw encryptedFile()
    names.push(entry.fileName)
    if (names.length > mostEntries) throw unpacksTooLarge()
    const isText = /\.(?:xml|rels)$/i.test(entry.fileName)
    const left = limits.unpackedBytes - total
    const limit = isText ? Math.min(left, limits.textBytes) : left
    for await (const part of unpackEntry(zip, entry, limit)) total += part.byteLength
  }
  return names
}
