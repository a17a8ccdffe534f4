import { statSync } from 'node:fs'
import path from 'node:path'
import type { ImportItem, ImportProgress } from '../../shared/contract/documents.ts'
import { readableExtensions } from '../../shared/domain/formats.ts'
import {
  isPending,
  type Collection,
  type LibraryDocument,
} from '../../shared/domain/libraryDocument.ts'
import type { Notice } from '../disk/jsonFile.ts'
import type { Logger } from '../disk/logger.ts'
import type { Paths } from '../disk/paths.ts'
import type { IndexBuilder } from '../retrieval/indexBuilder.ts'
import type { IndexInUse } from '../retrieval/searchIndex.ts'
import { createChangeFeed } from './store/changeFeed.ts'
import { openCollections } from './store/collections.ts'
import { openContentStore } from './store/contentStore.ts'
import { createDocumentTexts, type DocumentTexts } from './reading/documentTexts.ts'
import { createGroups, type Groups } from './store/groups.ts'
import { createImportQueue } from './importing/importQueue.ts'
import { createImportSteps } from './importing/importSteps.ts'
import type { ImportStepsOptions } from './importing/importWork.ts'
import { createIndexBuilder } from './importing/indexBuilder.ts'
import { beforeQueued, takeIn, type ImportReceipt } from './importing/intake.ts'
import { openLedger, type LedgerChange } from './store/ledger.ts'
import { createMutex } from '../flow/mutex.ts'
import type { Parser } from '../parsing/parser.ts'
import { createUndoableRemovals } from '../disk/undoableRemovals.ts'
import { createScopes, type Scopes } from './store/scopes.ts'
import { recover, sweepContents } from './store/sweeper.ts'
import { openUploads, type Uploads } from './store/uploads.ts'
export interface LibraryOptions {
  readonly paths: Paths
  readonly parser: Parser
  readonly index: Pick<IndexInUse, 'current' | 'use'>
  readonly logger: Logger
  readonly notice: Notice
  /** Milliseconds since 1970. */
  readonly clock?: () => number
  /** Of the files to take from folders; those of the registered formats unless told otherwise. */
  readonly extensions?: ReadonlySet<string>
}

/** The documents: everything between a dropped file and rows in the index. */
export interface Library extends DocumentTexts, Scopes, Groups {
  readonly uploads: Pick<Uploads, 'create'>
  /** For an index that is to take the place of the one in use. */
  readonly indexBuilder: IndexBuilder

  list(): {
    readonly documents: readonly LibraryDocument[]
    readonly collections: readonly Collection[]
  }
  get(id: string): LibraryDocument | undefined
  /** By id, path or name, in this order; of several with the same name the one imported last. */
  resolve(nameOrIdOrPath: string): LibraryDocument | undefined
  /** At most ten times a second. */
  onChanges(listener: (change: LedgerChange) => void): () => void

  /**
   * Queues files and, recursively, folders. A file whose path is known keeps its row, and is only
   * read if its size or time has changed. An upload has no path: it is a new document, unless the
   * same bytes are there under the same name.
   *
   * @throws AppError `not-found` for a collection or an upload that is not there, `disk-full`.
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
  /** Takes everything out of the queue. Documents that were indexed before stay as they were. */
  cancel(): Promise<void>
  retry(ids: readonly string[]): Promise<void>
  /** Hides documents at once and for good, but for `restore` within ten seconds. */
  remove(ids: readonly string[]): Promise<void>
  restore(ids: readonly string[]): Promise<void>
  /** Resolves when nothing is left to do (or nothing can be done, for want of room on the disk). */
  idle(): Promise<void>

  close(): Promise<void>
}

/**
 * Opens the library in a data directory that this process has locked, puts right what a kill left,
 * and goes on with whatever was not finished.
 */
export async function openLibrary(options: LibraryOptions): Promise<Library> {
  const { paths, parser, index, logger, notice } = options
  const now = options.clock ?? Date.now
  const extensions = options.extensions ?? readableExtensions
  const ledger = await openLedger(paths.ledger, notice)
  const collections = await openCollections(paths.collections, notice)
  const contents = await openContentStore(paths.texts)
  const uploads = await openUploads(paths.spool, paths.originals)
  const exclusive = createMutex()
  const feed = createChangeFeed()
  ledger.onChange((change) => feed.add(change))

  const scopes = createScopes(ledger)
  const isNeeded = (content: string): boolean => scopes.isLive(content) || isRestorable(content)
  const sweepOptions = { spool: paths.spool, ledger, index, contents, uploads, isNeeded }
  // Removed rows are out of the ledger at once and for good: whatever ends the process, they stay
  // removed, and their content is swept at the next start. Only this process can restore them.
  const removals = createUndoableRemovals<LibraryDocument>(
    (removed) => sweepRemoved([...removed.values()]),
    // Nothing names them: they are not found, and swept at the next start.
    (error) => logger.error('sweeping removed documents went wrong', error),
  )
  const isRestorable = (content: string): boolean =>
    [...removals.held()].some((row) => row.content === content)
  const lost = await recover(sweepOptions)

  const work: ImportStepsOptions = {
    spool: paths.spool,
    ledger,
    parser,
    index,
    contents,
    uploads,
    logger,
    exclusive,
    sweep: (candidates) => sweepContents(candidates, sweepOptions),
    isNeeded,
    lost,
    now,
  }
  const queue = createImportQueue({
    steps: createImportSteps(work),
    logger,
    onDiskFull: (error) => notice(error.message),
    nameOf: (id) => ledger.get(id)?.name ?? null,
    now,
  })
  const intake = { ledger, queue, uploads, extensions, now }
  const walks = new Set<AbortController>()
  enqueue(ledger.list().filter(({ state }) => isPending(state)))

  function enqueue(rows: readonly LibraryDocument[]): void {
    queue.add(rows.map(({ id, bytes }) => ({ id, bytes })))
  }

  async function sweepRemoved(rows: readonly LibraryDocument[]): Promise<void> {
    const contents = rows.flatMap(({ content }) => content ?? [])
    await exclusive(() => sweepContents(contents, sweepOptions))
    for (const row of rows) {
      if (row.path === null && ledger.get(row.id) === undefined) await uploads.discard(row.id)
    }
  }

  async function cancel(): Promise<void> {
    for (const walk of walks) walk.abort()
    await queue.cancel()
    const put: LibraryDocument[] = []
    const drop: string[] = []
    // Also those that an import has just written and not yet queued.
    for (const row of ledger.list()) {
      if (!isPending(row.state)) continue
      const before = beforeQueued(row)
      if (before === null) drop.push(row.id)
      else put.push(before)
    }
    await ledger.write({ put, drop })
    for (const id of drop) await uploads.discard(id)
  }

  return {
    ...createDocumentTexts({ ledger, contents, uploads, index }),
    ...scopes,
    ...createGroups({ ledger, collections }),
    uploads,
    indexBuilder: createIndexBuilder(work),
    list: () => ({ documents: ledger.list(), collections: collections.list() }),
    get: (id) => ledger.get(id),
    resolve: (text) =>
      ledger.get(text) ??
      ledger.ofPath(path.resolve(text)) ??
      ledger.list().findLast(({ name }) => name === text),
    onChanges: (listener) => feed.onChanges(listener),

    async import(items, collection, signal) {
      if (collection !== null) collections.get(collection)
      const walk = new AbortController()
      walks.add(walk)
      try {
        const both = signal === undefined ? walk.signal : AbortSignal.any([walk.signal, signal])
        return await takeIn(items, collection, intake, both)
      } finally {
        walks.delete(walk)
      }
    },
    progress: () => queue.progress(),
    onProgress: (listener) => queue.onProgress(listener),
    pause() {
      queue.pause()
    },
    resume() {
      queue.resume()
    },
    cancel,
    async retry(ids) {
      const rows = ids.flatMap((id) => ledger.get(id) ?? []).filter((row) => !isPending(row.state))
      const folders = rows.filter((row) => row.path !== null && isFolder(row.path))
      const files = rows.filter((row) => !folders.includes(row))
      const queued = files.map((row) => ({ ...row, state: 'queued' as const }))
      await ledger.write({ put: queued, drop: folders.map(({ id }) => id) })
      enqueue(queued)
      for (const { path: folder, collections: into } of folders) {
        if (folder !== null) await takeIn([{ path: folder }], into[0] ?? null, intake, neverAborted)
      }
    },
    async remove(ids) {
      const rows = ids.flatMap((id) => ledger.get(id) ?? [])
      queue.forget(ids)
      removals.hold(rows.map((row) => [row.id, row]))
      await ledger.drop(rows.map(({ id }) => id))
    },
    async restore(ids) {
      // A file that was imported anew meanwhile has a row again.
      const rows = removals
        .restore(ids)
        .filter((row) => row.path === null || ledger.ofPath(row.path) === undefined)
        .map((row) => (isPending(row.state) ? { ...row, state: 'queued' as const } : row))
      await ledger.put(rows)
      enqueue(rows.filter(({ state }) => isPending(state)))
    },
    idle: () => queue.idle(),

    async close() {
      for (const walk of walks) walk.abort()
      await queue.close()
      removals.forget()
      await exclusive(() => ledger.close())
      feed.close()
    },
  }
}

const neverAborted = new AbortController().signal

function isFolder(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false })?.isDirectory() ?? false
}
