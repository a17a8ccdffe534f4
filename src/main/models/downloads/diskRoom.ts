import { statfs } from 'node:fs/promises'
import path from 'node:path'
import { AppError } from '../../../shared/errors.ts'

/** Left free on the disk whatever is downloaded. */
const spareBytes = 512 * 1024 * 1024

/** Bytes free on the disk of a folder, which need not be there yet; null where nobody tells. */
export async function freeOnDisk(folder: string): Promise<number | null> {
  for (let place = path.resolve(folder); ; place = path.dirname(place)) {
    const found = await statfs(place).catch(() => null)
    if (found !== null) return found.bavail * found.bsize
    if (place === path.dirname(place)) return null
  }
}

/** @throws AppError `disk-full` if what is still to come would fill the disk. */
export function checkRoom(missingBytes: number, freeBytes: number | null): void {
  if (freeBytes === null || freeBytes >= missingBytes + spareBytes) return
  throw new AppError(
    'disk-full',
    `${gigabytes(missingBytes)} are still to come and the disk has ${gigabytes(freeBytes)} free, of which Penknife leaves ${gigabytes(spareBytes)}. Make room, then resume the download.`,
  )
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(1)} GB`
}
