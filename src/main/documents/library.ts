import path from 'node:path'
import type { ImportItem, ImportProgress } from '../../shared/contract/documents.ts'
import { namesToldApart, nameToldApart } from '../../shared/domain/fileNames.ts'
import { readableExtensions } from '../../shared/domain/formats.ts'
import {
  isPending,
  type Collection,
  type LibraryDocument,
} from '../../shared/domain/libraryDocument.ts'
import { AppError } from '../../shared/errors.ts'
import type { Notice } from '../disk/jsonFile.ts'
import type { Logger } from '../disk/logger.ts'
import type { Paths } from '../disk/paths.ts'
import type { IndexBuilder } from '../retrieval/indexBuilder.ts'
import type { IndexInUse } from '../retrieval/searchIndex.ts'
import type { CheckTask } from '../disk/checkTask.ts'
import { createSetAsideStore, type SetAsideStore } from './aside/setAsideStore.ts'
import { documentChecks } from './checking/checkDocuments.ts'
import { listChecks } from './checking/checkLists.ts'
import { createChangeFeed, type ChangeFeed } from './store/changeFeed.ts'
import { openAdoptions } from './store/adoptions.ts'
import { openCollections } from './store/collections.ts'
import { openContentStore } from './store/contentStore.ts'
import { createDocumentTexts, type DocumentTexts } from './reading/documentTexts.ts'
import { createGroups, type Groups } from './store/groups.ts'
import { createImportCommands } from './importing/importCommands.ts'
import type { ImportReceipt } from './importing/intake.ts'
import { nameLanguage } from './importing/nameLanguage.ts'
import { openImporting } from './importing/openImporting.ts'
import { openLedger, type Ledger, type LedgerChange } from './store/ledger.ts'
import { createLedgerHistory } from './store/ledgerHistory.ts'
import { createLedgerBackup } from './store/ledgerBackup.ts'
import { createMutex } from '../flow/mutex.ts'
import type { Parser } from '../parsing/parser.ts'
import { createUndoableRemovals } from '../disk/undoableRemovals.ts'
import { createDocumentRemoval, sweepRemoved } from './removeDocuments.ts'
import { createScopes, type Scopes } from './store/scopes.ts'
import { recover } from './store/recover.ts'
import { sweepContents } from './store/sweeper.ts'
import { openUploads, type Uploads } from './store/uploads.ts'

export interface LibraryOptions {
  readonly paths: Paths
  readonly parser: Parser
  readonly index: Pick<IndexInUse, 'current' | 'use'>
  readonly logger: Logger
  readonly notice: Notice
  /** Milliseconds since 1970. */
  readonly clock?: () => number
  /** Extensions of the files to import from folders; default: those of the registered formats. */
  readonly extensions?: ReadonlySet<string>
}

/** The documents: importing, storing, reading and removing them. */
export interface Library extends DocumentTexts, Scopes, Groups {
  readonly uploads: Pick<Uploads, 'create'>
  /** Fills an index that will replace the one in use. */
  readonly indexBuilder: IndexBuilder

  list(): {
    readonly documents: readonly LibraryDocument[]
    readonly collections: readonly Collection[]
  }
  get(id: string): LibraryDocument | undefined
  /**
   * Finds a document by id, path or name, in this order; of several with the same name the one
   * imported last.
   */
  resolve(nameOrIdOrPath: string): LibraryDocument | undefined
  /** Called at most ten times a second. */
  onChanges(listener: (change: LedgerChange) => void): () => void

  /**
   * Queues files and, recursively, folders. A file whose path is known keeps its row, and is only
   * read if its size or time has changed. An upload has no path: it is a new document unless there
   * is one with the same bytes and name.
   *
   * @throws AppError `not-found` for a missing collection or upload, `disk-full`.
   */
  import(
    items: readonly ImportItem[],
    collection: string | null,
    signal?: AbortSignal,
  ): Promise<ImportReceipt>
  progress(): ImportProgress
  onProgress(listener: (progress: ImportProgress) => void): () => void
  pause(): void
  resume(): void
  /** Empties the queue. Documents that were indexed before keep their content. */
  cancel(): Promise<void>
  retry(ids: readonly string[]): Promise<void>
  /** Corrects the language of documents (ISO 639-1); null: it is found again. */
  nameLanguage(ids: readonly string[], language: string | null): Promise<void>
  /** Removes documents at once. `restore` can undo it within ten seconds. */
  remove(ids: readonly string[]): Promise<void>
  restore(ids: readonly string[]): Promise<void>
  /** Resolves when the queue is empty, or paused because the disk is full. */
  idle(): Promise<void>
  /** The check of the lists, and of all that is stored of each document. */
  checks(): readonly CheckTask[]
  readonly setAside: SetAsideStore

  close(): Promise<void>
}

/**
 * Opens the library in a data directory that this process has locked, repairs what a crash left,
 * and continues unfinished imports.
 */
export async function openLibrary(options: LibraryOptions): Promise<Library> {
  const { paths, parser, index, logger, notice } = options
  const now = options.clock ?? Date.now
  const extensions = options.extensions ?? readableExtensions
  const { ledger, history, collections, contents, uploads, adoptions } = await openStores(
    paths,
    notice,
  )
  const exclusive = createMutex()
  const feed = feedOf(ledger)

  const scopes = createScopes(ledger)
  const isNeeded = (contentId: string): boolean =>
    scopes.isLive(contentId) || isRestorable(contentId)
  const sweeping = { ledger, index, contents, uploads, isNeeded }
  const sweep = (candidates: readonly string[]): Promise<void> =>
    sweepContents(candidates, sweeping)
  // Removed rows are deleted from the ledger at once, so that they stay removed after a crash, and
  // the next start sweeps their content. Only this process can restore them.
  const removals = createUndoableRemovals<LibraryDocument>(
    (removed) => exclusive(() => sweepRemoved([...removed.values()], { ledger, uploads, sweep })),
    // No row refers to them: they aren't found, and the next start sweeps them.
    (error) => logger.error('sweeping removed documents went wrong', error),
  )
  const isRestorable = (contentId: string): boolean =>
    [...removals.pending()].some((row) => row.contentId === contentId)
  const lost = await recover({ ...sweeping, paths, history, adoptions, notice, now })
  const backup = createLedgerBackup(paths.ledgerBackup, ledger, logger)
  const { queue, indexBuilder } = openImporting({
    ...sweeping,
    adoptions,
    spool: paths.spool,
    parser,
    logger,
    exclusive,
    sweep,
    lost,
    now,
    notice,
  })
  const { stopWalks, enqueue, ...commands } = createImportCommands({
    ledger,
    queue,
    collections,
    uploads,
    extensions,
    now,
  })
  enqueue(ledger.list().filter(({ state }) => isPending(state)))
  const repairing = { ...sweeping, lost, enqueue, exclusive }

  return {
    ...createDocumentTexts({ ledger, contents, uploads, index }),
    ...scopes,
    ...createGroups({ ledger, collections }),
    ...commands,
    ...createDocumentRemoval({ ledger, removals, forget: queue.forget, enqueue }),
    nameLanguage: (ids, language) => nameLanguage(ids, language, repairing),
    uploads,
    indexBuilder,
    list: () => ({ documents: ledger.list(), collections: collections.list() }),
    get: (id) => ledger.get(id),
    resolve: (text) => resolve(ledger, text),
    onChanges: feed.onChanges,
    progress: queue.progress,
    onProgress: queue.onProgress,
    pause: queue.pause,
    resume: queue.resume,
    idle: queue.idle,
    checks: () => [
      ...listChecks({ paths, ledger, backup }),
      collections.check('Collections'),
      ...documentChecks(repairing),
    ],
    setAside: createSetAsideStore({ ...repairing, root: paths.setAside, now }),

    async close() {
      stopWalks()
      await queue.close()
      removals.forget()
      await exclusive(() => ledger.close())
      await backup.close()
      feed.close()
    },
  }
}

function feedOf(ledger: Ledger): ChangeFeed {
  const feed = createChangeFeed()
  ledger.onChange((change) => feed.add(change))
  return feed
}

/** @throws AppError `invalid-input` for a name that several documents have. */
function resolve(ledger: Ledger, text: string): LibraryDocument | undefined {
  const file = path.resolve(text)
  const known = ledger.get(text) ?? ledger.ofPath(file) ?? ledger.ofSpelling(file)
  if (known !== undefined) return known
  const name = text.normalize('NFC')
  const [only, ...others] = ledger.ofName(name)
  if (only === undefined) return byNameToldApart(ledger, name)
  if (others.length === 0) return only
  const names = [only, ...others].map((row) => nameToldApart(row, [only, ...others]))
  throw new AppError(
    'invalid-input',
    `Several documents are called “${name}”: ${names.join(', ')}. Use one of these names, the id or the path.`,
  )
}

function byNameToldApart(ledger: Ledger, text: string): LibraryDocument | undefined {
  const names = namesToldApart(ledger.list())
  return ledger.list().findLast(({ id }) => names.get(id) === text)
}

async function openStores(paths: Paths, notice: Notice) {
  const history = createLedgerHistory()
  return {
    history,
    ledger: await openLedger(paths.ledger, notice, history),
    collections: await openCollections(paths.collections, notice),
    contents: await openContentStore(paths.texts),
    uploads: await openUploads(paths.spool, paths.originals),
    adoptions: await openAdoptions(paths.spool),
  }
}
