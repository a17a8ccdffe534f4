import { randomUUID } from 'node:crypto'
import { stat } from 'node:fs/promises'
import path from 'node:path'
import type { LibraryDocument } from '../../../shared/domain/libraryDocument.ts'
import { AppError, throwIfAborted } from '../../../shared/errors.ts'
import { makeFolder, move, remove } from '../../disk/durableFile.ts'
import { toDisk } from '../../disk/diskPath.ts'
import { parsedFiles } from '../../disk/parsedFiles.ts'
import { explainRead } from '../../disk/readErrors.ts'
import { passagesFile } from '../store/passageFiles.ts'
import type { Parser } from '../../parsing/parser.ts'
import type { IndexInUse } from '../../retrieval/searchIndex.ts'
import { contentIdOf } from '../store/contentId.ts'
import type { Ledger } from '../store/ledger.ts'
import type { LostContents } from '../store/recover.ts'
import type { Uploads } from '../store/uploads.ts'
import type { ReadControl, ReadDocument, ReadOutcome } from './importWork.ts'

export interface ReadDeps {
  readonly ledger: Pick<Ledger, 'get' | 'show'>
  readonly parser: Pick<Parser, 'parse'>
  readonly index: Pick<IndexInUse, 'current'>
  readonly uploads: Pick<Uploads, 'spooled' | 'original'>
  readonly lost: Pick<LostContents, 'rebuild'>
  /** Folder of parsed text until it is indexed. */
  readonly spool: string
}

/**
 * Parses a document into the spool.
 *
 * @throws AppError errors of `Parser.parse`.
 */
export async function readDocument(
  id: string,
  deps: ReadDeps,
  { onPage, signal, othersWait }: ReadControl,
): Promise<ReadOutcome> {
  const { ledger, parser, spool, lost } = deps
  const index = deps.index.current()
  const row = ledger.get(id)
  if (row === undefined) return { kind: 'finished', failed: false }
  ledger.show({ ...row, state: 'reading', reason: null })
  const stored = row.contentId
  if (stored !== null && lost.rebuild.has(id)) {
    return { kind: 'read', file: fromStored(row, stored) }
  }
  const file = await locate(row, deps.uploads)
  const { bytes, modifiedMs } = await measure(file)
  const folder = path.join(spool, 'parsed', randomUUID())
  await makeFolder(folder)
  try {
    const { passageSize } = index
    const languages = row.isLanguageNamed ? (row.languages ?? []) : []
    const job = { file, name: row.name, into: folder, languages, passageSize, bytes, othersWait }
    const parsed = await parser.parse(job, onPage, signal)
    throwIfAborted(signal)
    await move(path.join(folder, parsedFiles.chunks), passagesFile(folder, index.id))
    const contentId = contentIdOf(parsed.sha256)
    return { kind: 'read', file: { ...parsed, id, contentId, folder, bytes, modifiedMs } }
  } catch (error) {
    // Where this fails too, the next start removes it.
    await remove(folder).catch(() => undefined)
    throw error
  }
}

/** Deletes the parser's results of documents that weren't added. */
export async function discardRead(files: readonly ReadDocument[]): Promise<void> {
  for (const { folder } of files) {
    if (folder !== null) await remove(folder)
  }
}

/**
 * For a document whose text is stored and only its index is missing: the file needn't be read
 * again.
 */
function fromStored(row: LibraryDocument, contentId: string): ReadDocument {
  const { pageLabels = [], languages = [] } = row
  return { ...row, pageLabels, languages, contentId, folder: null }
}

async function locate(row: LibraryDocument, uploads: ReadDeps['uploads']): Promise<string> {
  if (row.path !== null) return row.path
  const copy =
    (await uploads.spooled(row.id)) ??
    (row.contentId === null ? null : uploads.original(row.contentId))
  if (copy !== null) return copy
  throw new AppError('not-found', 'The copy of this file is gone. Add the file again.')
}

async function measure(file: string): Promise<{ bytes: number; modifiedMs: number }> {
  try {
    const { size, mtimeMs } = await stat(toDisk(file))
    return { bytes: size, modifiedMs: mtimeMs }
  } catch (error) {
    const { code, message } = explainRead(error)
    throw new AppError(code, message, { cause: error })
  }
}
