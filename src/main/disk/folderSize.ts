import { readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { whenMissing } from './systemError.ts'

/** Bytes of all files below a folder; what goes away meanwhile counts nothing. */
export async function folderSize(directory: string): Promise<number> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true }).catch(
    whenMissing([]),
  )
  const files = entries.filter((entry) => entry.isFile())
  const sizes = await Promise.all(
    files.map(async ({ parentPath, name }) => {
      const stats = await stat(path.join(parentPath, name)).catch(whenMissing(undefined))
      return stats?.size ?? 0
    }),
  )
  return sizes.reduce((sum, size) => sum + size, 0)
}
