import type { AppInfo } from '../shared/contract/settings.ts'
import type { AppContract } from '../shared/contract/index.ts'
import { isUnexpected } from '../shared/errors.ts'
import type { Handlers } from '../shared/rpc/contract.ts'
import { composeAnswers } from './app/answers.ts'
import { appInfo } from './app/appInfo.ts'
import { composeDataCheck } from './app/checks.ts'
import type { DataCheck } from './app/dataCheck.ts'
import { composeDocuments, type Documents } from './app/documents.ts'
import { openFoundation, type FoundationOptions } from './app/foundation.ts'
import { composeModels } from './app/models.ts'
import { composeTemplates, type Templates } from './app/templates.ts'
import type { AnswerDeps } from './chat/answerDeps.ts'
import { createDisposer, type Disposer } from './flow/disposer.ts'
import { createLogger, type Logger } from './disk/logger.ts'
import { createPaths } from './disk/paths.ts'
import { explainOpening } from './disk/writeErrors.ts'
import type { Uploads } from './documents/store/uploads.ts'
import { createChatHandlers } from './handlers/chatHandlers.ts'
import { createDataHandlers } from './handlers/dataHandlers.ts'
import { createDocumentHandlers } from './handlers/documentHandlers.ts'
import { createModelHandlers } from './handlers/modelHandlers.ts'
import { createSettingsHandlers } from './handlers/settingsHandlers.ts'
import { createTemplateHandlers } from './handlers/templateHandlers.ts'
import { createTestRunHandlers } from './handlers/testRunHandlers.ts'
import type { Patience } from './llm/patience.ts'
import type { ModelActions } from './models/modelActions.ts'
import type { ModelLoader } from './models/modelLoader.ts'

export interface AppOptions extends FoundationOptions {
  readonly shell: AppInfo['shell']
  /** Shows a folder in the system's file manager; absent where the shell cannot. */
  readonly showFolder?: (folder: string) => void
  /** When a language model that says nothing counts as hung. */
  readonly patience?: Patience
}

/** The application core, as every shell gets it. */
export interface App extends Pick<Documents, 'library' | 'index' | 'retrieval' | 'indexing'> {
  readonly handlers: Handlers<AppContract>
  /** All that `answerQuestion` needs. */
  readonly answerDeps: AnswerDeps
  readonly models: ModelLoader
  readonly modelActions: ModelActions
  readonly templates: Pick<
    Templates,
    'store' | 'testSets' | 'runs' | 'starters' | 'running' | 'choose' | 'hashes'
  >
  readonly uploads: Pick<Uploads, 'create'>
  readonly dataCheck: DataCheck
  readonly logger: Logger
  /** Sentences on what was put right at the start: a broken file set aside, a change undone. */
  readonly notices: readonly string[]
  /** Path of a document's original, to draw it; null if it is gone. */
  originalFile(id: string): string | null
  /** Ends everything in the reverse order of its making. */
  dispose(): Promise<void>
}

/**
 * Opens a library and everything that works on it.
 *
 * @throws AppError `library-locked` if another process has it open; `disk-full`, `disk-failed` or
 * `permission-denied` if the disk does not do its part.
 */
export async function createApp(options: AppOptions): Promise<App> {
  const disposer = createDisposer()
  try {
    return await compose(options, disposer)
  } catch (error) {
    const [ended] = await Promise.allSettled([disposer.dispose()])
    if (isUnexpected(error)) await logFailedStart(options.dataDir, error)
    // On a disk that fails, ending fails too; the first error says why.
    if (ended.status === 'rejected') await logFailedStart(options.dataDir, ended.reason)
    throw explainOpening(error)
  }
}

/** The part that failed may be the one with the log. */
async function logFailedStart(dataDir: string, error: unknown): Promise<void> {
  const logger = createLogger(createPaths(dataDir).logs)
  logger.error('the start failed', error)
  await logger.close()
}

/** Each part gets what it needs of those before it, and adds what ends it to the disposer. */
async function compose(options: AppOptions, disposer: Disposer): Promise<App> {
  const foundation = await openFoundation(options, disposer)
  const models = await composeModels(foundation, options.patience)
  const documents = await composeDocuments(foundation, models, options.onUpgrade)
  const templates = await composeTemplates(foundation, models, documents)
  const answers = await composeAnswers(foundation, models, documents, templates)

  const dataCheck = composeDataCheck(foundation, models, documents, templates, answers)

  const { settings, logger, notices } = foundation
  const { library, index, retrieval, indexing } = documents
  return {
    handlers: {
      documents: createDocumentHandlers(documents),
      chat: createChatHandlers(answers),
      templates: createTemplateHandlers({ ...templates, running: templates.running.runner }),
      testRuns: createTestRunHandlers(templates),
      models: createModelHandlers({
        ...models,
        indexing,
        onUnexpectedError: (error) => logger.error('listing the models failed', error),
      }),
      settings: createSettingsHandlers({
        settings,
        info: () => appInfo(options.shell, foundation, documents),
      }),
      data: createDataHandlers({
        ...dataCheck,
        setAside: library.setAside,
        showFolder: options.showFolder ?? null,
      }),
    },
    library,
    index,
    retrieval,
    indexing,
    answerDeps: answers.answerDeps,
    models: models.loader,
    modelActions: models.actions,
    templates,
    uploads: library.uploads,
    dataCheck,
    logger,
    notices,
    originalFile: (id) => library.originalFile(id),
    dispose: () => disposer.dispose(),
  }
}
