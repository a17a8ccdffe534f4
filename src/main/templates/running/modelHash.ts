import { stat } from 'node:fs/promises'
import { z } from 'zod'
import type { CheckTask } from '../../disk/checkTask.ts'
import { hashFile } from '../../disk/hashFile.ts'
import { derivedJsonCheck } from '../../disk/jsonFault.ts'
import { readJsonFile, writeJsonFile, type Notice } from '../../disk/jsonFile.ts'

/** Hashes of model files, cached until a file changes. */
export interface ModelHashes {
  /** SHA-256 of a file, hexadecimal. */
  of(file: string, signal?: AbortSignal): Promise<string>
  /** The check of the file that they are kept in. */
  check(name: string): CheckTask
}

const entry = z.object({ size: z.number(), mtimeMs: z.number(), sha256: z.string() })
const hashesFile = z.object({ version: z.literal(1), files: z.record(z.string(), entry) })

/**
 * Caches hashes in a file, since reading a model of 7 GB takes half a minute. A model file whose
 * size or time has changed is hashed again.
 *
 * @param kept path of the cache file.
 */
export function createModelHashes(kept: string, notice: Notice): ModelHashes {
  async function known() {
    return (await readJsonFile(kept, hashesFile, notice))?.files ?? {}
  }
  return {
    async of(file, signal) {
      const { size, mtimeMs } = await stat(file)
      const before = (await known())[file]
      if (before?.size === size && before.mtimeMs === mtimeMs) return before.sha256
      const sha256 = await hashFile(file, signal)
      const files = { ...(await known()), [file]: { size, mtimeMs, sha256 } }
      await writeJsonFile(kept, { version: 1, files })
      return sha256
    },
    check: (name) => derivedJsonCheck(name, kept, hashesFile),
  }
}
