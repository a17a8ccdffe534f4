import { mkdtempSync, rmSync, writeFileSync, mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createApp, type App } from '../../src/main/app.ts'
import { createForkedHosts } from '../../src/main/processes/forkedHost.ts'
import { defaultModelSettings, type Settings } from '../../src/shared/domain/settings.ts'
import { writeKnownModel } from './knownModel.ts'

export interface TestApp extends App, AsyncDisposable {
  readonly dataDir: string
  /** Writes files into a folder of their own, imports them and waits until they are indexed. */
  importFiles(files: Readonly<Record<string, string | Uint8Array>>): Promise<void>
}

/** The real application core with its built helper processes and the bundled models. */
export function createTestApp(overrides: Partial<Settings> = {}): Promise<TestApp> {
  return openTestApp(newRoot(), overrides)
}

/**
 * The same with a model whose answers are known: see `writeKnownModel`.
 *
 * @param likes its likeliest token.
 */
export async function createKnownTestApp(likes?: string): Promise<TestApp> {
  const root = newRoot()
  return openTestApp(root, useToQuote(await writeKnownModel(root, likes)))
}

/** Settings with which a model quotes, as the bundled one does. */
export function useToQuote(modelFile: string): Pick<Settings, 'modelFile' | 'models'> {
  return { modelFile, models: { [modelFile]: { ...defaultModelSettings, answering: 'quote' } } }
}

function newRoot(): string {
  return mkdtempSync(path.join(tmpdir(), 'penknife-'))
}

async function openTestApp(root: string, overrides: Partial<Settings>): Promise<TestApp> {
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
