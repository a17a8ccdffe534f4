import { readdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { makeFolder, remove } from '../../disk/durableFile.ts'
import { explainingWrites } from '../../disk/writeErrors.ts'

/**
 * Names the contents that are being stored and that no row refers to yet. They prove to the next
 * start what an import that was killed has left. After a power cut they may be missing; then the
 * start sets aside what it would have deleted.
 */
export interface Adoptions {
  /** @throws AppError `disk-full`, `permission-denied`. */
  begin(contentIds: readonly string[]): Promise<void>
  end(contentIds: readonly string[]): Promise<void>
  /** Those that were begun and did not end. */
  unfinished(): Promise<readonly string[]>
}

export async function openAdoptions(spool: string): Promise<Adoptions> {
  const folder = path.join(spool, 'adopting')
  await makeFolder(folder)
  return {
    async begin(contentIds) {
      for (const contentId of contentIds) {
        await explainingWrites(() => writeFile(path.join(folder, contentId), ''))
      }
    },
    async end(contentIds) {
      for (const contentId of contentIds) await remove(path.join(folder, contentId))
    },
    unfinished: () => readdir(folder),
  }
}
