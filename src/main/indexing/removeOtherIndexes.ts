import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { remove } from '../disk/durableFile.ts'

/**
 * Deletes the indexes that are no longer needed.
 *
 * @param root folder with one subfolder per index.
 * @param kept ids of the indexes to keep.
 */
export async function removeOtherIndexes(root: string, kept: readonly string[]): Promise<void> {
  for (const entry of await readdir(root, { withFileTypes: true })) {
    // Folders that were set aside as unreadable are for the user to delete.
    const isOurs = entry.isDirectory() && !entry.name.includes('.unreadable-')
    if (!isOurs || kept.includes(entry.name)) continue
    await remove(path.join(root, entry.name))
  }
}
