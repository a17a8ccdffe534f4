import { readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { systemErrorCode } from './durableFile.ts'

/** Bytes of all files below a folder; what goes away meanwhile counts nothing. */
export async function folderSize(directory: string): Promise<number> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true }).catch(missing)
  const files = (entries ?? []).filter((entry) => entry.isFile())
  const sizes = await Promise.all(
    files.map(async ({ parentPath, name }) => {
      const stats = await stat(path.join(parentPath, name)).catch(missing)
      return stats?.size ?? 0
    }),
  )
  return sizes.reduce((sum, size) => sum + size, 0)
}

function missing(error: unknown): undefined {
  if (systemErrorCode(error) !== 'ENOENT') throw error
  return undefined
}
