import { randomUUID } from 'node:crypto'
import { stat } from 'node:fs/promises'
import path from 'node:path'
import type { ImportItem } from '../../shared/contract/documents.ts'
import {
  isPending,
  type DocumentReason,
  type LibraryDocument,
} from '../../shared/domain/libraryDocument.ts'
import { AppError } from '../../shared/errors.ts'
import type { ImportQueue, QueuedFile } from './importQueue.ts'
import type { Ledger } from './ledger.ts'
import type { Uploads } from './uploads.ts'
import { walkFiles } from './walkFiles.ts'

export interface ImportReceipt {
  /** Files that wait to be read. */
  readonly queued: number
  /** Files in folders that are of no kind that can be read. */
  readonly skipped: number
  /** The row of every file that was named or found, in order. */
  readonly documents: readonly string[]
}

export interface IntakeOptions {
  readonly ledger: Ledger
  readonly queue: Pick<ImportQueue, 'add'>
  readonly uploads: Uploads
  readonly extensions: ReadonlySet<string>
  readonly now: () => number
}

/** Rows that are written to the ledger at once. */
const rowsAtATime = 500

/** Puts what was dropped into the ledger and the queue. Resolves when all of it is on the disk. */
export async function takeIn(
  items: readonly ImportItem[],
  collection: string | null,
  options: IntakeOptions,
  signal: AbortSignal,
): Promise<ImportReceipt> {
  const { ledger, queue, uploads, extensions } = options
  const documents: string[] = []
  let queued = 0
  let skipped = 0
  let rows: LibraryDocument[] = []
  let files: QueuedFile[] = []

  async function write(): Promise<void> {
    const [written, toRead] = [rows, files]
    rows = []
    files = []
    await ledger.put(written)
    queue.add(toRead)
  }
  async function take(row: LibraryDocument, bytes: number): Promise<void> {
    rows.push(collection === null ? row : withCollection(row, collection))
    documents.push(row.id)
    if (row.state === 'queued') {
      files.push({ id: row.id, bytes })
      queued += 1
    }
    if (rows.length >= rowsAtATime) await write()
  }

  for (const item of items) {
    if ('upload' in item) {
      const { row, bytes } = await uploadedRow(item, uploads, options.now)
      await take(row, bytes)
      continue
    }
    for await (const found of walkFiles(item.path, extensions, signal)) {
      const known = ledger.ofPath(found.path)
      if (found.kind === 'skipped') skipped += 1
      else if (found.kind === 'failed') {
        await take(failedRow(known ?? newRow(found.path, options.now), found.reason), 0)
      } else {
        await take(rowToRead(known ?? newRow(found.path, options.now), found), found.bytes)
      }
    }
  }
  await write()
  return { queued, skipped, documents }
}

async function uploadedRow(
  { upload, name }: Extract<ImportItem, { upload: string }>,
  uploads: Uploads,
  now: () => number,
): Promise<{ readonly row: LibraryDocument; readonly bytes: number }> {
  const file = await uploads.spooled(upload)
  if (file === null) throw new AppError('not-found', `“${name}” did not arrive. Drop it again.`)
  const { size } = await stat(file)
  const row = { ...newRow(name, now), id: upload, path: null, bytes: size }
  return { row, bytes: size }
}

function newRow(file: string, now: () => number): LibraryDocument {
  return {
    id: randomUUID(),
    name: path.basename(file),
    path: file,
    format: null,
    state: 'queued',
    reason: null,
    content: null,
    bytes: 0,
    modifiedMs: 0,
    pages: 0,
    chunks: 0,
    words: 0,
    unreadPages: [],
    collections: [],
    importedAt: new Date(now()).toISOString(),
  }
}

/** A file with the size and the time that it had is taken to be the same. */
function rowToRead(
  row: LibraryDocument,
  file: { readonly bytes: number; readonly modifiedMs: number },
): LibraryDocument {
  if (isPending(row.state)) return row
  if (row.content === null) {
    return { ...row, ...file, id: row.id, path: row.path, state: 'queued', reason: null }
  }
  const isSame = row.bytes === file.bytes && row.modifiedMs === file.modifiedMs
  if (isSame && row.state === 'partly-read') return row
  return isSame && row.state !== 'failed'
    ? { ...row, state: 'unchanged' }
    : { ...row, state: 'queued' }
}

function failedRow(row: LibraryDocument, reason: DocumentReason): LibraryDocument {
  return { ...row, state: 'failed', reason }
}

export function withCollection(row: LibraryDocument, collection: string): LibraryDocument {
  return row.collections.includes(collection)
    ? row
    : { ...row, collections: [...row.collections, collection] }
}

/** The row as it was before it was queued again. @returns null for one that never was anything. */
export function beforeQueued(row: LibraryDocument): LibraryDocument | null {
  if (row.content === null) return null
  return { ...row, state: row.unreadPages.length > 0 ? 'partly-read' : 'indexed' }
}
