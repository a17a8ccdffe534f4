import { mkdtempSync, rmSync, writeFileSync, mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createApp, type App } from '../../src/main/app.ts'
import { createForkedHosts } from '../../src/main/processes/forkedHost.ts'
import type { Settings } from '../../src/shared/domain/settings.ts'

export interface TestApp extends App, AsyncDisposable {
  readonly dataDir: string
  /** Writes files into a folder of their own, imports them and waits until they are indexed. */
  importFiles(files: Readonly<Record<string, string | Uint8Array>>): Promise<void>
}

/** The real application core with its built helper processes and the bundled models. */
export async function createTestApp(overrides: Partial<Settings> = {}): Promise<TestApp> {
  const root = mkdtempSync(path.join(tmpdir(), 'penknife-'))
  const dataDir = path.join(root, 'data')
  const documents = path.join(root, 'documents')
  mkdirSync(documents)
  const app = await createApp({
    dataDir,
    resourcesDir: path.resolve('resources'),
    shell: 'browser',
    startHost: createForkedHosts(path.resolve('out/main')),
    overrides,
  })
  return {
    ...app,
    dataDir,
    async importFiles(files) {
      for (const [name, data] of Object.entries(files)) {
        writeFileSync(path.join(documents, name), data)
      }
      await app.library.import([{ path: documents }], null)
      await app.library.idle()
    },
    async [Symbol.asyncDispose]() {
      await app.dispose()
      rmSync(root, { recursive: true, force: true })
    },
  }
}
