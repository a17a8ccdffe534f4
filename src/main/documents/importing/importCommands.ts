import { statSync } from 'node:fs'
import type { ImportItem } from '../../../shared/contract/documents.ts'
import { isPending, type LibraryDocument } from '../../../shared/domain/libraryDocument.ts'
import { toDisk } from '../../disk/diskPath.ts'
import type { Collections } from '../store/collections.ts'
import type { Ledger } from '../store/ledger.ts'
import type { Uploads } from '../store/uploads.ts'
import type { ImportQueue } from './importQueue.ts'
import { beforeQueued, importItems, type ImportReceipt } from './intake.ts'

export interface ImportCommandsDeps {
  readonly ledger: Ledger
  readonly queue: Pick<ImportQueue, 'add' | 'cancel'>
  readonly collections: Pick<Collections, 'get'>
  readonly uploads: Uploads
  /** Extensions of the files to import from folders. */
  readonly extensions: ReadonlySet<string>
  readonly now: () => number
}

/** The user's commands on imports. */
export interface ImportCommands {
  /** @throws AppError `not-found` for a missing collection or upload, `disk-full`. */
  import(
    items: readonly ImportItem[],
    collection: string | null,
    signal?: AbortSignal,
  ): Promise<ImportReceipt>
  /** Empties the queue. Documents that were indexed before keep their content. */
  cancel(): Promise<void>
  /** Imports documents again; unreadable files and folders may be readable now. */
  retry(ids: readonly string[]): Promise<void>
  /** Adds documents to the import queue. */
  readonly enqueue: (rows: readonly LibraryDocument[]) => void
  /** Stops looking for files in folders. */
  readonly stopWalks: () => void
}

export function createImportCommands(deps: ImportCommandsDeps): ImportCommands {
  const { ledger, queue, collections, uploads } = deps
  const walks = new Set<AbortController>()

  function enqueue(rows: readonly LibraryDocument[]): void {
    queue.add(rows.map(({ id, bytes }) => ({ id, bytes })))
  }

  function stopWalks(): void {
    for (const walk of walks) walk.abort()
  }

  return {
    enqueue,
    stopWalks,
    async import(items, collection, signal) {
      if (collection !== null) collections.get(collection)
      const walk = new AbortController()
      walks.add(walk)
      try {
        const both = signal === undefined ? walk.signal : AbortSignal.any([walk.signal, signal])
        return await importItems(items, collection, deps, both)
      } finally {
        walks.delete(walk)
      }
    },
    async cancel() {
      stopWalks()
      await queue.cancel()
      // Includes rows that an import has just written and not queued yet.
      const pending = ledger.list().filter(({ state }) => isPending(state))
      const put = pending.flatMap((row) => beforeQueued(row) ?? [])
      const drop = pending.filter((row) => beforeQueued(row) === null).map(({ id }) => id)
      await ledger.write({ put, drop })
      for (const id of drop) await uploads.discard(id)
    },
    async retry(ids) {
      const rows = ids.flatMap((id) => ledger.get(id) ?? []).filter((row) => !isPending(row.state))
      const folders = rows.filter((row) => row.path !== null && isFolder(row.path))
      const files = rows.filter((row) => !folders.includes(row))
      const queued = files.map((row) => ({ ...row, state: 'queued' as const }))
      await ledger.write({ put: queued, drop: folders.map(({ id }) => id) })
      enqueue(queued)
      for (const { path: folder, collections: into } of folders) {
        if (folder !== null)
          await importItems([{ path: folder }], into[0] ?? null, deps, neverAborted)
      }
    },
  }
}

const neverAborted = new AbortController().signal

function isFolder(file: string): boolean {
  return statSync(toDisk(file), { throwIfNoEntry: false })?.isDirectory() ?? false
}
