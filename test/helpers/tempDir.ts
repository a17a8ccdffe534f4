import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { onTestFinished } from 'vitest'

/** Creates an empty folder that is removed when the running test ends. */
export async function createTempDir(): Promise<string> {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'penknife-test-'))
  onTestFinished(() => rm(directory, { recursive: true, force: true }))
  return directory
}
