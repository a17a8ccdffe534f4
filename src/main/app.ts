import path from 'node:path'
import type { AppInfo } from '../shared/contract/settings.ts'
import type { AppContract } from '../shared/contract/index.ts'
import type { Starter } from '../shared/contract/templates.ts'
import { defaultModelSettings, type Settings } from '../shared/domain/settings.ts'
import type { Handlers } from '../shared/rpc/contract.ts'
import type { AnswerDeps, AnswerModel } from './chat/answering.ts'
import { createAsking } from './chat/ask.ts'
import { openConversationStore } from './chat/conversationStore.ts'
import type { ScoreSentences } from './chat/focus.ts'
import { groundedSystem } from './chat/prompt.ts'
import { wholeDocument } from './chat/wholeDocument.ts'
import { createDisposer } from './config/disposer.ts'
import { acquireLock } from './config/lock.ts'
import { createLogger, type Logger } from './config/logger.ts'
import { createPaths, createResources } from './config/paths.ts'
import { openSettings, type SettingsStore } from './config/settingsStore.ts'
import { appVersion } from './config/version.ts'
import { formats } from './documents/formats/registry.ts'
import { createHostParser } from './documents/hostParser.ts'
import { openLibrary, type Library } from './documents/library.ts'
import { createSampleLibrary } from './documents/sampleLibrary.ts'
import { createTextSearch } from './documents/textSearch.ts'
import type { Uploads } from './documents/uploads.ts'
import { bundledEmbedderId } from './embedding/embedderProfile.ts'
import { embedderInUse } from './retrieval/embedderInUse.ts'
import type { InstalledEmbedder } from './embedding/installedEmbedder.ts'
import { createChatHandlers } from './handlers/chatHandlers.ts'
import { createDocumentHandlers } from './handlers/documentHandlers.ts'
import { createModelHandlers } from './handlers/modelHandlers.ts'
import { createTemplateHandlers } from './handlers/templateHandlers.ts'
import { createTestRunHandlers } from './handlers/testRunHandlers.ts'
import { createSettingsHandlers } from './handlers/settingsHandlers.ts'
import type { StartHost } from './hosts/hostProcess.ts'
import { openIndexes } from './indexing/indexes.ts'
import { createIndexing, type Indexing } from './indexing/indexing.ts'
import { createForeground } from './llm/foreground.ts'
import { createHostLlm } from './llm/hostLlm.ts'
import type { LlmInfo } from './llm/llm.ts'
import type { Patience } from './llm/patience.ts'
import { unloadWhenIdle } from './models/idleUnload.ts'
import { createModelManager, type ModelManager } from './models/modelManager.ts'
import { createModelService, type ModelService } from './models/modelService.ts'
import type { IndexInUse } from './retrieval/searchIndex.ts'
import type { Retrieval } from './retrieval/retrieval.ts'
import { scoreSentences } from './retrieval/keySentences.ts'
import { createRetrieval } from './retrieval/search.ts'
import {
  createAnswerTemplates,
  readyTemplate,
  type ReadyTemplate,
} from './templates/running/answerTemplates.ts'
import { createFindSources } from './templates/running/findSources.ts'
import { createModelHashes } from './templates/running/modelHash.ts'
import { createRunning, type Running } from './templates/running/running.ts'
import { createTestRuns } from './templates/running/testRuns.ts'
import { createFlaggedRows } from './templates/store/flaggedRows.ts'
import { readStarters } from './templates/store/starters.ts'
import { openTemplateStore, type TemplateStore } from './templates/store/templateStore.ts'
import { createTestSetStore } from './templates/store/testSetStore.ts'
import { createHostTableReader } from './templates/tables/hostTableReader.ts'
import { createTableImport } from './templates/tables/tableImport.ts'

export interface AppOptions {
  readonly dataDir: string
  /** Folder of the bundled models and the sample library. */
  readonly resourcesDir: string
  readonly shell: AppInfo['shell']
  readonly startHost: StartHost
  /** Settings that hold for this run only, whatever the file says. */
  readonly overrides?: Partial<Settings>
  /** When a language model that says nothing counts as hung. */
  readonly patience?: Patience
}

/** The application core, as every shell gets it. */
export interface App {
  readonly handlers: Handlers<AppContract>
  readonly library: Library
  readonly retrieval: Retrieval
  readonly index: IndexInUse
  readonly indexing: Indexing
  /** All that `answerQuestion` needs. */
  readonly answering: AnswerDeps
  readonly models: ModelService
  readonly templates: {
    readonly store: TemplateStore
    readonly starters: readonly Starter[]
    readonly running: Running
    /** A template as questions are answered by it. */
    ready(found: Pick<ReadyTemplate, 'id' | 'version' | 'template'>): ReadyTemplate
  }
  readonly modelManager: ModelManager
  readonly uploads: Pick<Uploads, 'create'>
  readonly logger: Logger
  /** Path of a document's original, to draw it; null if it is gone. */
  originalFile(id: string): string | null
  /** Ends everything in the reverse order of its making. */
  dispose(): Promise<void>
}

/**
 * Opens a library and everything that works on it.
 *
 * @throws AppError `library-locked` if another process has it open.
 */
export async function createApp(options: AppOptions): Promise<App> {
  const disposer = createDisposer()
  try {
    return await compose(options, disposer)
  } catch (error) {
    await disposer.dispose()
    throw error
  }
}

async function compose(
  { dataDir, resourcesDir, shell, startHost, overrides = {}, patience }: AppOptions,
  disposer: ReturnType<typeof createDisposer>,
): Promise<App> {
  const paths = createPaths(dataDir)
  const resources = createResources(resourcesDir)
  const notices: string[] = []
  const notice = (sentence: string): void => void notices.push(sentence)

  const lock = await acquireLock(paths.lock)
  disposer.add(() => lock.release())
  const logger = createLogger(paths.logs)
  disposer.add(() => logger.close())
  const settings = withOverrides(await openSettings(paths.settings, notice), overrides)

  const hostLlm = createHostLlm({
    start: startHost,
    calibrationFile: paths.calibration,
    logger,
    patience,
  })
  disposer.add(() => hostLlm.dispose())
  const bundledModel = path.join(resources.models, 'penknife-tiny', 'penknife-tiny-q8_0.gguf')
  const { service: models, llm } = unloadWhenIdle(
    createModelService({ llm: hostLlm, settings, bundledModel, logger }),
    hostLlm,
    settings,
  )
  const foreground = createForeground(llm)
  disposer.add(() => models.dispose())
  let embeddersNeeded: () => readonly string[] = () => [bundledEmbedderId]
  const modelManager = await createModelManager({
    service: models,
    settings,
    folder: paths.models,
    catalogueFile: resources.catalogue,
    calibrationFile: paths.calibration,
    bundled: {
      llm: bundledModel,
      embedder: {
        id: bundledEmbedderId,
        directory: path.join(resources.models, bundledEmbedderId),
      },
    },
    embeddersNeeded: () => embeddersNeeded(),
    notice,
    logger,
  })
  disposer.add(() => modelManager.dispose())

  const findEmbedder = (id: string): Promise<InstalledEmbedder> => modelManager.embedder(id)
  const indexes = await openIndexes({
    pointerFile: paths.indexInUse,
    directory: (id) => paths.index(id),
    startHost,
    find: findEmbedder,
    bundled: bundledEmbedderId,
    notice,
    logger,
  })
  const index = indexes.inUse
  disposer.add(() => index.current().close())

  const parser = createHostParser({ start: startHost })
  disposer.add(() => parser.dispose())
  const library = await openLibrary({ paths, parser, index, logger, notice })
  disposer.add(() => library.close())
  const sample = await createSampleLibrary(library, resources.sample)
  const weight = (term: string): number => index.current().statistics.idf(term)
  const score: ScoreSentences = (question, texts) => scoreSentences(question, texts, weight)
  async function readPage(content: string, page: number): Promise<string | undefined> {
    const row = library.documentOf(content)
    if (row === undefined) return undefined
    return (await library.pages(row.id, page, 1)).pages.find((one) => one.page === page)?.text
  }
  const search = createTextSearch({ index, documents: () => library.list().documents })
  const retrieval = createRetrieval({ index, readPage })

  const indexing = createIndexing({
    indexes,
    builder: library.indexBuilder,
    imported: () => library.idle(),
    find: findEmbedder,
    directory: (id) => paths.index(id),
    bundled: bundledEmbedderId,
    logger,
  })
  disposer.add(() => indexing.dispose())
  embeddersNeeded = indexing.needed
  indexing.onExchange(() => modelManager.library.changed())

  const conversations = await openConversationStore(paths.conversations, notice)
  disposer.add(() => conversations.close())
  const answering: AnswerDeps = {
    library: {
      contentsIn: (scope) => library.contentsIn(scope),
      isLive: (content) => library.isLive(content),
      documentOf: (content) => library.documentOf(content),
      passages: () => index.use(({ store }) => store.count()),
      wholeDocument: (scope, question) =>
        wholeDocument(
          {
            get: (id) => library.get(id),
            wholeText: (id) => library.wholeText(id),
            scoreSentences: score,
          },
          scope,
          question,
        ),
    },
    retrieval,
    llm: foreground.llm,
    settings: () => settings.get(),
    weight,
    scoreSentences: score,
    model: (onLoading, signal) => answeringModel(models, settings, onLoading, signal),
  }
  models.onState(({ status }) => {
    if (status === 'ready') readAhead()
  })
  function readAhead(): void {
    llm
      .warmUp({ system: groundedSystem, history: [] })
      .catch((error: unknown) => logger.error('reading ahead failed', error))
  }

  const templateStore = await openTemplateStore(paths.templates, notice)
  disposer.add(() => templateStore.close())
  const testSets = createTestSetStore({ folderOf: (id) => templateStore.folderOf(id), notice })
  disposer.add(() => testSets.close())
  const starters = await readStarters(resources.templates, notice)
  const running = createRunning({
    foreground,
    llm,
    embedder: embedderInUse(index),
    model: (onLoading, signal) => loadedModel(models, onLoading, signal),
    findSources: createFindSources({
      retrieval,
      contentsIn: (scope) => library.contentsIn(scope),
      isLive: (content) => library.isLive(content),
      documentOf: (content) => library.documentOf(content),
    }),
    onUnexpectedError: (error) => logger.error('running a template failed', error),
  })
  const { vectors } = running.inBackground
  const asking = createAsking({
    ...answering,
    conversations,
    templates: createAnswerTemplates({
      vectors,
      list: () => templateStore.list(),
      getVersion: (id, version) => templateStore.getVersion(id, version),
    }),
    onUnexpectedError: (error) => logger.error('answering failed', error),
  })
  const flaggedRows = createFlaggedRows(testSets)
  const runs = await createTestRuns({
    running: running.inBackground,
    material: {
      isThere: (id) => templateStore.list().some((one) => one.id === id),
      version: (id, version) => templateStore.getVersion(id, version),
      testSet: (id) => testSets.get(id),
      includedRows: (id, template) => flaggedRows.included(id, template),
    },
    hashes: createModelHashes(paths.modelHashes, notice),
    templatesDir: paths.templates,
    notice,
  })
  disposer.add(() => runs.dispose())
  templateStore.onChanged(() => runs.templatesChanged())

  const info = (): AppInfo => ({
    version: appVersion,
    shell,
    platform: platform(),
    dataDir,
    formats: formats.map(({ id, name, extensions }) => ({ id, name, extensions })),
    sampleQuestions: sample.questions,
    embedder: { id: indexing.embedder.id, dimensions: indexing.embedder.dimensions },
    notices,
  })

  return {
    handlers: {
      documents: createDocumentHandlers({ library, sample, search }),
      chat: createChatHandlers({ conversations, asking }),
      templates: createTemplateHandlers({
        templates: templateStore,
        testSets,
        starters,
        running: running.runner,
      }),
      testRuns: createTestRunHandlers({
        testSets,
        rows: flaggedRows,
        tables: createTableImport(createHostTableReader({ start: startHost, spool: paths.spool })),
        runs,
      }),
      models: createModelHandlers({
        service: models,
        manager: modelManager,
        indexing,
        onUnexpectedError: (error) => logger.error('listing the models failed', error),
      }),
      settings: createSettingsHandlers({ settings, info }),
    },
    library,
    retrieval,
    index,
    indexing,
    answering,
    models,
    templates: {
      store: templateStore,
      starters,
      running,
      ready: (found) => readyTemplate(vectors, found),
    },
    modelManager,
    uploads: library.uploads,
    logger,
    originalFile: (id) => library.originalFile(id),
    dispose: () => disposer.dispose(),
  }
}

async function answeringModel(
  models: ModelService,
  settings: SettingsStore,
  onLoading: (fraction: number | null) => void,
  signal: AbortSignal,
): Promise<AnswerModel | null> {
  const info = await loadedModel(models, onLoading, signal)
  if (info === null) return null
  const { keySentences } = settings.get().models[info.file] ?? defaultModelSettings
  return { info, keySentences, answering: models.state().answering }
}

async function loadedModel(
  models: ModelService,
  onLoading: (fraction: number | null) => void,
  signal: AbortSignal,
): Promise<LlmInfo | null> {
  const stop = models.onState((state) => {
    if (state.status === 'loading' || state.status === 'measuring') onLoading(state.fraction)
  })
  try {
    return await models.ready(signal)
  } finally {
    stop()
  }
}

function withOverrides(store: SettingsStore, overrides: Partial<Settings>): SettingsStore {
  return { ...store, get: () => ({ ...store.get(), ...overrides }) }
}

function platform(): AppInfo['platform'] {
  const known = (['darwin', 'win32'] as const).find((name) => name === process.platform)
  return known ?? 'linux'
}
