import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createApp, type App } from '../../src/main/app.ts'
import { createPaths } from '../../src/main/disk/paths.ts'
import { openTemplateStore } from '../../src/main/templates/store/templateStore.ts'
import { createTestSetStore } from '../../src/main/templates/store/testSetStore.ts'
import { appContract, type AppContract } from '../../src/shared/contract/index.ts'
import { defaultSettings, type Settings } from '../../src/shared/domain/settings.ts'
import type { Template } from '../../src/shared/domain/template/template.ts'
import type { TestRow } from '../../src/shared/domain/testRun/testSet.ts'
import { createClient } from '../../src/shared/rpc/client.ts'
import type { Client, Handlers } from '../../src/shared/rpc/contract.ts'
import { createMemoryTransportPair } from '../../src/shared/rpc/memoryTransport.ts'
import { serve } from '../../src/shared/rpc/server.ts'
import type { Transport } from '../../src/shared/rpc/transport.ts'
import { createFakeLlm, type FakeLlm } from './fakeLlm.ts'
import { ggufFile, llamaMetadata, llamaTensors } from './gguf.ts'
import { hotelPapers, type Paper } from './hotelPapers.ts'
import { createMemoryHosts } from './memoryHosts.ts'
import { failOnNotice, storeConversations, type StoredConversation } from './storeConversations.ts'

export type CoreHandlers = Handlers<AppContract>

export interface WindowCoreOptions {
  /** The files of the library. */
  readonly papers?: readonly Paper[]
  /** Templates of one version. */
  readonly templates?: readonly Template[]
  /** Test sets, by the name of their template. */
  readonly testSets?: readonly CoreTestSet[]
  readonly conversations?: readonly StoredConversation[]
  readonly settings?: Partial<Settings>
  readonly llm?: FakeLlm
  /** Answers with the demo model instead of one that the person chose. */
  readonly demo?: boolean
  /** The context size in tokens. */
  readonly contextSize?: number
  /** Replaces single handlers, to fail, to hang or to simulate slow work. */
  readonly overrides?: (handlers: CoreHandlers) => Partial<CoreHandlers>
}

export interface CoreTestSet {
  readonly template: string
  readonly name: string
  readonly rows: readonly TestRow[]
}

/** A recorded call. */
export interface CoreCall {
  /** Group and member, as in `documents.import`. */
  readonly name: string
  readonly input: unknown
}

/** The real core on a folder of its own, with fake helper processes. */
export interface WindowCore extends AsyncDisposable {
  readonly app: App
  readonly dataDir: string
  /** The window's end of the wire. */
  readonly transport: Transport
  /** Another client of the same core. */
  readonly api: Client<AppContract>
  readonly llm: FakeLlm
  /** The model file that answers. */
  readonly modelFile: string | null
  /** The inputs of all calls of a name, in order. */
  calls(name: string): readonly unknown[]
  /** Id of a document, a collection or a template; throws where there is none. */
  idOf(kind: 'document' | 'collection' | 'template', name: string): string
  /** Connects another window. */
  join(transport: Transport): void
  /** Closes the wire of the window. */
  close(): void
}

const modelName = 'LLaMA 2 7B Chat'
const demoName = 'Penknife demo'

export async function createWindowCore(options: WindowCoreOptions = {}): Promise<WindowCore> {
  const { papers = hotelPapers, llm = createFakeLlm(), contextSize = 4096 } = options
  const root = mkdtempSync(path.join(tmpdir(), 'penknife-window-'))
  const dataDir = path.join(root, 'data')
  const modelFile = options.demo === true ? null : path.join(root, 'llama-2-7b-chat.Q4_K_M.gguf')
  await seed(dataDir, modelFile, options)
  const app = await createApp({
    dataDir,
    resourcesDir: path.resolve('resources'),
    shell: 'browser',
    startHost: createMemoryHosts({
      llm,
      contextSize,
      nameOf: (file) => (file.includes('penknife-tiny') ? demoName : modelName),
    }),
  })
  await importPapers(app, path.join(root, 'papers'), papers)
  await app.models.ready(new AbortController().signal)

  const calls: CoreCall[] = []
  const handlers = recorded({ ...app.handlers, ...options.overrides?.(app.handlers) }, calls)
  const window = createMemoryTransportPair()
  const other = createMemoryTransportPair()
  const unexpected: unknown[] = []
  const onUnexpectedError = (_method: string, error: unknown): void => void unexpected.push(error)
  const join = (transport: Transport): void => {
    serve(appContract, handlers, transport, { onUnexpectedError })
  }
  join(window.right)
  serve(appContract, app.handlers, other.right, { onUnexpectedError })
  return {
    app,
    dataDir,
    transport: window.left,
    api: createClient(appContract, other.left, { checkOutputs: true }),
    llm,
    modelFile,
    calls: (name) => calls.filter((call) => call.name === name).map(({ input }) => input),
    idOf(kind, name) {
      const { documents, collections } = app.library.list()
      const all = {
        document: documents,
        collection: collections,
        template: app.templates.store.list(),
      }
      const found = all[kind].find((one) => one.name === name)
      if (found === undefined) throw new Error(`There is no ${kind} ${name}.`)
      return found.id
    },
    join,
    close: () => window.close(),
    async [Symbol.asyncDispose]() {
      window.close()
      other.close()
      await app.dispose()
      // A call that the window made last may still write while its folder is removed.
      await rm(root, { recursive: true, force: true, maxRetries: 20 })
    },
  }
}

/** Fills the data folder through the app's own stores, as an earlier start would have. */
async function seed(
  dataDir: string,
  modelFile: string | null,
  { templates = [], testSets = [], conversations = [], settings = {} }: WindowCoreOptions,
): Promise<void> {
  mkdirSync(dataDir)
  const paths = createPaths(dataDir)
  writeFileSync(paths.settings, JSON.stringify({ ...defaultSettings, modelFile, ...settings }))
  if (modelFile !== null) {
    writeFileSync(
      modelFile,
      ggufFile({ ...llamaMetadata, 'general.name': modelName }, llamaTensors),
    )
  }
  const store = await openTemplateStore(paths.templates, failOnNotice)
  for (const one of templates) await store.createSaved(one)
  const sets = createTestSetStore({ folderOf: (id) => store.folderOf(id), notice: failOnNotice })
  for (const { template, name, rows } of testSets) {
    const owner = store.list().find((one) => one.name === template)
    if (owner !== undefined) await sets.create(owner.id, name, rows)
  }
  await sets.close()
  await store.close()
  await storeConversations(dataDir, conversations)
}

async function importPapers(app: App, folder: string, papers: readonly Paper[]): Promise<void> {
  mkdirSync(folder)
  const names = new Set(papers.map(({ collection }) => collection))
  for (const name of names) {
    const id = name === null ? null : (await app.library.createCollection(name)).id
    const own = papers.filter(({ collection }) => collection === name)
    const items = own.map((paper) => {
      const file = path.join(folder, paper.name)
      writeFileSync(file, paper.text)
      return { path: file }
    })
    await app.library.import(items, id)
  }
  await app.library.idle()
}

/** The same handlers, with every call recorded, except event subscriptions. */
function recorded(handlers: CoreHandlers, calls: CoreCall[]): CoreHandlers {
  const groups = Object.entries(handlers).map(([group, members]) => [
    group,
    Object.fromEntries(
      Object.entries(members).map(([member, handler]) => [
        member,
        (input: unknown, ...rest: unknown[]): unknown => {
          if (typeof input !== 'function') calls.push({ name: `${group}.${member}`, input })
          return (handler as (...given: unknown[]) => unknown)(input, ...rest)
        },
      ]),
    ),
  ])
  return Object.fromEntries(groups) as CoreHandlers
}
