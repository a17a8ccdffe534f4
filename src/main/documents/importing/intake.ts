import { statSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import path from 'node:path'
import type { ImportItem } from '../../../shared/contract/documents.ts'
import { readablePath } from '../../../shared/domain/fileNames.ts'
import {
  isPartlyRead,
  isPending,
  withCollection,
  type DocumentReason,
  type LibraryDocument,
} from '../../../shared/domain/libraryDocument.ts'
import { AppError, throwIfAborted } from '../../../shared/errors.ts'
import { toDisk } from '../../disk/diskPath.ts'
import type { ImportQueue } from './importQueue.ts'
import type { QueuedFile } from './waitingFiles.ts'
import type { Ledger } from '../store/ledger.ts'
import { newRow } from '../store/newRow.ts'
import type { Uploads } from '../store/uploads.ts'
import { walkFiles } from '../store/walkFiles.ts'

export interface ImportReceipt {
  /** Number of files waiting to be read. */
  readonly queued: number
  /** Number of files in folders whose format isn't supported. */
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

/** Number of rows per write to the ledger. */
const rowsAtATime = 500

/** A found file, and a function from its existing row to the new one. */
interface Found {
  readonly path: string | null
  readonly bytes: number
  readonly toRow: (known: LibraryDocument | undefined) => LibraryDocument
}

/**
 * Adds the imported files and folders to the ledger and the queue. Resolves when the ledger is on
 * the disk.
 */
export async function importItems(
  items: readonly ImportItem[],
  collection: string | null,
  options: IntakeOptions,
  signal: AbortSignal,
): Promise<ImportReceipt> {
  const documents: string[] = []
  let queued = 0
  let skipped = 0
  let batch: Found[] = []

  async function write(): Promise<void> {
    const outcome = await writeRows(batch, collection, options, signal)
    batch = []
    documents.push(...outcome.ids)
    queued += outcome.queued
  }

  for (const item of items) {
    const all = 'upload' in item ? findUpload(item, options) : find(item.path, options, signal)
    for await (const found of all) {
      if (found === 'skipped') skipped += 1
      else batch.push(found)
      if (batch.length >= rowsAtATime) await write()
    }
  }
  await write()
  return { queued, skipped, documents }
}

/**
 * Looks up existing rows only now and synchronously: the queue may have processed a file while its
 * folder was walked.
 */
async function writeRows(
  batch: readonly Found[],
  collection: string | null,
  { ledger, queue }: IntakeOptions,
  signal: AbortSignal,
): Promise<{ readonly ids: readonly string[]; readonly queued: number }> {
  throwIfAborted(signal)
  const rows: LibraryDocument[] = []
  const toRead: QueuedFile[] = []
  let waiting = 0
  const named = new Set<string>()
  for (const { path: file, bytes, toRow } of batch) {
    // The user may have imported both a folder and a file in it.
    if (file !== null && named.has(file)) continue
    if (file !== null) named.add(file)
    const known = file === null ? undefined : knownRow(file, ledger)
    const row = toRow(known)
    rows.push(collection === null ? row : withCollection(row, collection))
    if (known !== undefined && isPending(known.state)) waiting += 1
    else if (row.state === 'queued') toRead.push({ id: row.id, bytes })
  }
  try {
    await ledger.put(rows)
  } finally {
    // On a full disk too: the rows are listed, and the next change writes them. A cancel meanwhile
    // has reverted them.
    if (!signal.aborted) queue.add(toRead)
  }
  throwIfAborted(signal)
  return { ids: rows.map(({ id }) => id), queued: toRead.length + waiting }
}

/** The row of a file, also where the spelling of its path has changed: some systems compose letters. */
function knownRow(file: string, ledger: Ledger): LibraryDocument | undefined {
  const known = ledger.ofPath(file)
  if (known !== undefined) return known
  const respelled = ledger.ofSpelling(file)
  if (respelled?.path == null || !isSameFile(respelled.path, file)) return undefined
  return { ...respelled, path: file }
}

/** Whether two spellings of a path are one file, or one has taken the other's place. */
function isSameFile(before: string, now: string): boolean {
  const [old, found] = [before, now].map((file) =>
    statSync(toDisk(file), { throwIfNoEntry: false }),
  )
  return old === undefined || (old.ino === found?.ino && old.dev === found.dev)
}

async function* find(
  start: string,
  { extensions, now }: IntakeOptions,
  signal: AbortSignal,
): AsyncGenerator<Found | 'skipped'> {
  for await (const found of walkFiles(start, extensions, signal)) {
    if (found.kind === 'skipped') yield 'skipped'
    else if (found.kind === 'failed') {
      const { path: file, reason } = found
      yield {
        path: file,
        bytes: 0,
        toRow: (known) => failedRow(known ?? rowOfFile(file, now), reason),
      }
    } else {
      const { path: file, bytes } = found
      yield {
        path: file,
        bytes,
        toRow: (known) =>
          known === undefined
            ? { ...rowOfFile(file, now), bytes, modifiedMs: found.modifiedMs }
            : rowToRead(known, found),
      }
    }
  }
}

async function* findUpload(
  { upload, name }: Extract<ImportItem, { upload: string }>,
  { ledger, uploads, now }: IntakeOptions,
): AsyncGenerator<Found> {
  const file = ledger.get(upload) === undefined ? await uploads.spooled(upload) : null
  if (file === null) throw new AppError('not-found', `“${name}” did not arrive. Drop it again.`)
  const { size } = await stat(file)
  const row = { ...rowOfFile(name, now), id: upload, path: null, bytes: size }
  yield { path: null, bytes: size, toRow: () => row }
}

function rowOfFile(file: string, now: () => number): LibraryDocument {
  return newRow(readablePath(path.basename(file)), file, now)
}

/** A file with unchanged size and time counts as unchanged. */
function rowToRead(
  row: LibraryDocument,
  file: { readonly bytes: number; readonly modifiedMs: number },
): LibraryDocument {
  const { bytes, modifiedMs } = file
  if (isPending(row.state)) return row
  if (row.contentId === null) return { ...row, bytes, modifiedMs, state: 'queued', reason: null }
  const isSame = row.bytes === file.bytes && row.modifiedMs === file.modifiedMs
  if (isSame && row.state === 'partly-read') return row
  return isSame && row.state !== 'failed'
    ? { ...row, state: 'unchanged' }
    : { ...row, state: 'queued' }
}

function failedRow(row: LibraryDocument, reason: DocumentReason): LibraryDocument {
  return { ...row, state: 'failed', reason }
}

/** The row as it was before it was queued again. @returns null for a row that was new. */
export function beforeQueued(row: LibraryDocument): LibraryDocument | null {
  if (row.contentId === null) return null
  return { ...row, state: isPartlyRead(row) ? 'partly-read' : 'indexed' }
}
