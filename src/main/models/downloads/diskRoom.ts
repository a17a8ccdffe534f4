import { statfs } from 'node:fs/promises'
import path from 'node:path'
import { formatDecimal } from '../../../shared/domain/localFormat.ts'
import { AppError } from '../../../shared/errors.ts'

/** Disk space that a download must leave free, in bytes. */
const spareBytes = 512 * 1024 * 1024

/**
 * Bytes free on the disk of a folder, which needn't exist yet; null if the system doesn't report
 * it.
 */
export async function freeOnDisk(folder: string): Promise<number | null> {
  for (let place = path.resolve(folder); ; place = path.dirname(place)) {
    const found = await statfs(place).catch(() => null)
    if (found !== null) return found.bavail * found.bsize
    if (place === path.dirname(place)) return null
  }
}

/** @throws AppError `disk-full` if the rest of the download would fill the disk. */
export function checkRoom(missingBytes: number, freeBytes: number | null): void {
  if (freeBytes === null || freeBytes >= missingBytes + spareBytes) return
  throw new AppError(
    'disk-full',
    `${gigabytes(missingBytes)} are still to come and the disk has ${gigabytes(freeBytes)} free, of which Penknife leaves ${gigabytes(spareBytes)}. Make room, then resume the download.`,
  )
}

function gigabytes(bytes: number): string {
  return `${formatDecimal(bytes / 1e9, 1)} GB`
}
