import { cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { onTestFinished } from 'vitest'
import { createApp, type App, type AppOptions } from '../../src/main/app.ts'
import { createForkedHosts } from '../../src/main/processes/forkedHost.ts'
import type { CatalogueEntry } from '../../src/shared/domain/modelCatalogue.ts'
import { writeBertModel } from './bertModel.ts'
import { installEmbedder } from './installEmbedder.ts'
import { createTempDir } from './tempDir.ts'

export interface EmbedderBench {
  readonly dataDir: string
  readonly resourcesDir: string
  /** Folder of the texts to import. */
  readonly documents: string
  /** Folder of the other embedder. */
  readonly model: string
  /** Opens the app, which is closed at the end of the test if not before. */
  open(options?: Partial<AppOptions>): Promise<App>
  /** Imports texts by name and waits until they are indexed. */
  importTexts(app: App, texts: Readonly<Record<string, string>>): Promise<void>
}

export const otherEmbedder = 'small-bert'
export const otherDimensions = 24
/** Its longest input in tokens: much shorter than a passage of the bundled embedder. */
export const otherMaxTokens = 64

/**
 * A data folder with a second embedder installed, as a download would have left it: other dimensions
 * and a tokenizer of its own. Its vectors have no meaning, but differ from the bundled one's.
 */
export async function createEmbedderBench(words: readonly string[]): Promise<EmbedderBench> {
  const root = await createTempDir()
  const dataDir = path.join(root, 'data')
  const resourcesDir = path.join(root, 'resources')
  const documents = path.join(root, 'documents')
  await Promise.all([mkdir(documents), mkdir(resourcesDir)])
  for (const name of ['models', 'sample', 'templates']) {
    await symlink(path.resolve('resources', name), path.join(resourcesDir, name))
  }
  const catalogue = JSON.parse(await readFile('resources/catalogue.json', 'utf8')) as {
    models: CatalogueEntry[]
  }
  const like = catalogue.models.find(({ embedding }) => embedding !== null)
  await writeFile(
    path.join(resourcesDir, 'catalogue.json'),
    JSON.stringify({ ...catalogue, models: [...catalogue.models, { ...like, ...entry }] }),
  )
  const size = { dimensions: otherDimensions, maxTokens: otherMaxTokens, words }
  const model = await installEmbedder(dataDir, { id: otherEmbedder, name: 'Small BERT' }, size)
  return {
    dataDir,
    resourcesDir,
    documents,
    model,
    async open(options = {}) {
      const app = await createApp({
        dataDir,
        resourcesDir,
        shell: 'browser',
        startHost: createForkedHosts(path.resolve('out/main')),
        ...options,
      })
      onTestFinished(() => app.dispose())
      return app
    },
    async importTexts(app, texts) {
      for (const [name, text] of Object.entries(texts)) {
        await writeFile(path.join(documents, name), text)
      }
      await app.library.import([{ path: documents }], null)
      await app.library.idle()
    },
  }
}

const entry = {
  id: otherEmbedder,
  name: 'Small BERT',
  embedding: {
    languages: ['en'],
    dimensions: otherDimensions,
    pooling: 'mean',
    normalise: true,
    queryPrefix: 'query: ',
    passagePrefix: 'passage: ',
    maxTokens: otherMaxTokens,
  },
} as const

/** Another version of a model: the same files but for the weights. */
export async function exchangeWeights(model: string, words: readonly string[]): Promise<void> {
  const other = `${model}-other`
  const size = { dimensions: otherDimensions, maxTokens: otherMaxTokens, words }
  await writeBertModel(other, { ...size, seed: 2 })
  await cp(other, model, { recursive: true })
}
