import type { Entry } from 'yauzl'
import { throwIfAborted } from '../../shared/errors.ts'
import type { ZipLimits } from './checkZip.ts'
import { encryptedFile } from './encryptedFile.ts'
import { entriesOf, mostEntries, openZip, unpackEntry, unpacksTooLarge } from './zipEntries.ts'

/** A zip container of which only what is asked for is unpacked. */
export interface ZipParts {
  readonly names: readonly string[]
  /**
   * @returns null if there is no such part.
   * @throws AppError `document-too-large` if this part, or all that were read, are larger than the
   * limits; `document-encrypted`.
   */
  read(name: string): Promise<Uint8Array | null>
}

/** @throws AppError `document-too-large`; yauzl's error for a damaged container. */
export async function openZipParts(
  bytes: Uint8Array,
  limits: ZipLimits,
  signal: AbortSignal,
): Promise<ZipParts> {
  const zip = await openZip(bytes)
  const entries = new Map<string, Entry>()
  if (zip.entryCount > mostEntries) throw unpacksTooLarge()
  for await (const entry of entriesOf(zip)) {
    throwIfAborted(signal)
    if (entries.size >= mostEntries) throw unpacksTooLarge()
    entries.set(entry.fileName, entry)
  }
  let left = limits.unpackedBytes
  return {
    names: [...entries.keys()],
    async read(name) {
      throwIfAborted(signal)
      const entry = entries.get(name)
      if (entry === undefined) return null
      if ((entry.generalPurposeBitFlag & 1) !== 0) throw encryptedFile()
      const parts: Uint8Array[] = []
      for await (const part of unpackEntry(zip, entry, Math.min(left, limits.textBytes))) {
        left -= part.byteLength
        parts.push(part)
      }
      return Buffer.concat(parts)
    },
  }
}
