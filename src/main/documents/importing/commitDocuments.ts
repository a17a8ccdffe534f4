import { existsSync } from 'node:fs'
import { isPartlyRead, type LibraryDocument } from '../../../shared/domain/libraryDocument.ts'
import { toDisk } from '../../disk/diskPath.ts'
import type { Adoptions } from '../store/adoptions.ts'
import type { ContentStore } from '../store/contentStore.ts'
import type { Ledger } from '../store/ledger.ts'
import type { LostContents } from '../store/recover.ts'
import type { Uploads } from '../store/uploads.ts'
import type { ReadDocument } from './importWork.ts'
import { discardRead } from './readDocument.ts'

export interface CommitDeps {
  readonly ledger: Pick<Ledger, 'get' | 'ofContent' | 'write'>
  readonly contents: Pick<ContentStore, 'adopt'>
  readonly adoptions: Pick<Adoptions, 'begin' | 'end'>
  readonly uploads: Pick<Uploads, 'spooled' | 'keep' | 'original' | 'discard'>
  readonly lost: LostContents
  /** Removes those contents that no row needs any longer. */
  readonly sweep: (contents: readonly string[]) => Promise<void>
  readonly now: () => number
}

/**
 * Adds indexed documents to the library. One write to the ledger switches every row to its new
 * content: searches see the old one before and the new one after it, never both.
 *
 * @param fresh those of `files` whose content wasn't stored before.
 */
export async function commitDocuments(
  files: readonly ReadDocument[],
  fresh: readonly ReadDocument[],
  deps: CommitDeps,
): Promise<void> {
  const { ledger, contents, adoptions, uploads, lost } = deps
  const adopted = new Map<string, string>()
  for (const { contentId, folder } of fresh) {
    if (folder !== null) adopted.set(contentId, folder)
  }
  const begun = fresh.map(({ contentId }) => contentId)
  await adoptions.begin(begun)
  await contents.adopt(adopted)
  const uploaded = await keepUploads(files, deps)
  for (const { contentId } of fresh) lost.contents.delete(contentId)
  for (const { id } of files) lost.rebuild.delete(id)

  const { put, drop, replaced } = turnRows(files, deps)
  await ledger.write({ put, drop })
  await adoptions.end(begun)
  // Only now: before the row was written, the upload was the only copy of the file.
  for (const id of uploaded) await uploads.discard(id)
  const adoptedIds = new Set(fresh.map(({ id }) => id))
  await discardRead(files.filter(({ id }) => !adoptedIds.has(id)))
  await deps.sweep(replaced)
}

/** @returns the ids of the files that were uploaded. */
async function keepUploads(
  files: readonly ReadDocument[],
  { ledger, uploads }: CommitDeps,
): Promise<readonly string[]> {
  const uploaded: string[] = []
  for (const { id, contentId } of files) {
    const row = ledger.get(id)
    if (row?.path !== null) continue
    uploaded.push(id)
    if ((await uploads.spooled(id)) !== null) await uploads.keep(id, contentId, row.name)
  }
  return uploaded
}

interface Turn {
  readonly put: readonly LibraryDocument[]
  readonly drop: readonly string[]
  /** Contents that may no longer be needed. */
  readonly replaced: readonly string[]
}

/**
 * Reads and updates rows synchronously, since they could be removed or regrouped during an await.
 */
function turnRows(files: readonly ReadDocument[], { ledger, uploads, now }: CommitDeps): Turn {
  const put: LibraryDocument[] = []
  const drop: string[] = []
  const replaced: string[] = []
  for (const file of files) {
    const row = ledger.get(file.id)
    if (row === undefined) {
      // The document was removed meanwhile.
      replaced.push(file.contentId)
      continue
    }
    const sharers = [...ledger.ofContent(file.contentId), ...put]
    const same = findSame(row, file, sharers, uploads)
    if (same !== undefined) {
      put.push({ ...same, state: 'unchanged', collections: union(same, row) })
      drop.push(row.id)
      continue
    }
    if (row.contentId !== null && row.contentId !== file.contentId) replaced.push(row.contentId)
    const others = sharers.filter(
      ({ id, contentId }) => id !== row.id && contentId === file.contentId,
    )
    const entered = withNamedLanguage(committed(row, file, now), others)
    put.push(entered, ...withLanguagesOf(entered, others))
  }
  return { put: lastOfEach(put), drop, replaced }
}

/** Passages are shared, and so is the language that a person named for them. */
function withNamedLanguage(
  row: LibraryDocument,
  others: readonly LibraryDocument[],
): LibraryDocument {
  const named = others.find(({ isLanguageNamed }) => isLanguageNamed)
  if (named === undefined) return row
  return { ...row, languages: named.languages, isLanguageNamed: true }
}

/** The other documents with the same text, where their languages were others. */
function withLanguagesOf(
  { languages, isLanguageNamed }: LibraryDocument,
  others: readonly LibraryDocument[],
): readonly LibraryDocument[] {
  return others
    .filter((other) => other.languages?.join() !== languages?.join())
    .map((other) => ({ ...other, languages, isLanguageNamed }))
}

function lastOfEach(rows: readonly LibraryDocument[]): readonly LibraryDocument[] {
  return [...new Map(rows.map((row) => [row.id, row])).values()]
}

/** The document that a new row turns out to be; undefined for another one. */
function findSame(
  row: LibraryDocument,
  file: ReadDocument,
  sharers: readonly LibraryDocument[],
  uploads: Pick<Uploads, 'original'>,
): LibraryDocument | undefined {
  if (row.path === null) return findTwin(row, file, sharers)
  const moved = findMoved(row, file, sharers, uploads)
  if (moved === undefined) return undefined
  const { path, name } = row
  return { ...moved, path, name, bytes: file.bytes, modifiedMs: file.modifiedMs }
}

/**
 * The same bytes under another path are a file that was moved or renamed, if there is no file at
 * the old path; so are those of a document whose path was lost.
 */
function findMoved(
  row: LibraryDocument,
  file: ReadDocument,
  sharers: readonly LibraryDocument[],
  uploads: Pick<Uploads, 'original'>,
): LibraryDocument | undefined {
  if (row.contentId !== null) return undefined
  return sharers.find(
    (other) =>
      other.id !== row.id &&
      other.contentId === file.contentId &&
      (other.path === null
        ? uploads.original(file.contentId) === null
        : !existsSync(toDisk(other.path))),
  )
}

/** Uploads have no path: the same bytes under the same name count as the same document. */
function findTwin(
  row: LibraryDocument,
  file: ReadDocument,
  sharers: readonly LibraryDocument[],
): LibraryDocument | undefined {
  if (row.contentId === file.contentId) return undefined
  return sharers.find(
    (other) =>
      other.id !== row.id &&
      other.path === null &&
      other.name === row.name &&
      other.contentId === file.contentId,
  )
}

function union(a: LibraryDocument, b: LibraryDocument): readonly string[] {
  return [...new Set([...a.collections, ...b.collections])]
}

function committed(row: LibraryDocument, file: ReadDocument, now: () => number): LibraryDocument {
  const { contentId, bytes, modifiedMs, format, pages, chunks, words, reason } = file
  const { languages, unreadPages, pageLabels, leftOut } = file
  const isSame = row.contentId === contentId
  return {
    ...row,
    state: isPartlyRead(file)
      ? 'partly-read'
      : isSame && file.folder !== null
        ? 'unchanged'
        : 'indexed',
    reason,
    contentId,
    bytes,
    modifiedMs,
    format,
    pages,
    chunks,
    words,
    languages,
    unreadPages,
    pageLabels,
    leftOut,
    importedAt: isSame ? row.importedAt : new Date(now()).toISOString(),
  }
}
