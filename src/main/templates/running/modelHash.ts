import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'

/** Hashes of files that have not changed since, by path. */
export interface ModelHashes {
  /** SHA-256 of a file, hexadecimal. */
  of(file: string, signal?: AbortSignal): Promise<string>
}

export function createModelHashes(): ModelHashes {
  const known = new Map<string, string>()
  return {
    async of(file, signal) {
      const { size, mtimeMs } = await stat(file)
      const key = [file, size, mtimeMs].join('\0')
      const before = known.get(key)
      if (before !== undefined) return before
      const hash = createHash('sha256')
      for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20, signal })) {
        hash.update(chunk as Buffer)
      }
      const digest = hash.digest('hex')
      known.set(key, digest)
      return digest
    },
  }
}
