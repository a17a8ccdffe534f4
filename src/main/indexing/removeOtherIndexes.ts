import { readdir, rm } from 'node:fs/promises'
import path from 'node:path'

/**
 * Deletes indexes that nothing needs any more.
 *
 * @param root the folder that holds one folder an index.
 * @param kept ids of those that stay.
 */
export async function removeOtherIndexes(root: string, kept: readonly string[]): Promise<void> {
  for (const entry of await readdir(root, { withFileTypes: true })) {
    // What could not be read was set aside, and is not ours to delete.
    const isOurs = entry.isDirectory() && !entry.name.includes('.unreadable-')
    if (!isOurs || kept.includes(entry.name)) continue
    await rm(path.join(root, entry.name), { recursive: true, force: true })
  }
}
