import type { LibraryDocument } from '../../../shared/domain/libraryDocument.ts'
import type { ContentStore } from '../store/contentStore.ts'
import type { Ledger } from '../store/ledger.ts'
import type { LostContents } from '../store/sweeper.ts'
import type { Uploads } from '../store/uploads.ts'
import type { ReadDocument } from './importWork.ts'
import { discardRead } from './readDocument.ts'

export interface CommitDeps {
  readonly ledger: Pick<Ledger, 'get' | 'ofContent' | 'write'>
  readonly contents: Pick<ContentStore, 'adopt'>
  readonly uploads: Pick<Uploads, 'spooled' | 'keep' | 'discard'>
  readonly lost: LostContents
  /** Removes those contents that no row needs any more. */
  readonly sweep: (contents: readonly string[]) => Promise<void>
  readonly now: () => number
}

/**
 * Makes documents that are in the index part of the library. One write to the ledger turns every
 * row to its new content; until then searches see the old one, afterwards the new one, never both.
 *
 * @param fresh those among `files` whose content was not stored before.
 */
export async function commitDocuments(
  files: readonly ReadDocument[],
  fresh: readonly ReadDocument[],
  deps: CommitDeps,
): Promise<void> {
  const { ledger, contents, uploads, lost } = deps
  const adopted = new Map<string, string>()
  for (const { contentId, folder } of fresh) {
    if (folder !== null) adopted.set(contentId, folder)
  }
  await contents.adopt(adopted)
  const uploaded = await keepUploads(files, deps)
  for (const { contentId } of fresh) lost.contents.delete(contentId)
  for (const { id } of files) lost.rebuild.delete(id)

  const { put, drop, replaced } = turnRows(files, deps)
  await ledger.write({ put, drop })
  // Only now: until the row says so, the upload is all there is of the file.
  for (const id of uploaded) await uploads.discard(id)
  await discardRead(files.filter((file) => !fresh.includes(file)))
  await deps.sweep(replaced)
}

/** @returns the ids of those files that were uploads. */
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
  /** Contents that may not be needed any more. */
  readonly replaced: readonly string[]
}

/** Looks rows up and waits for nothing: in between they could be removed or grouped otherwise. */
function turnRows(files: readonly ReadDocument[], { ledger, now }: CommitDeps): Turn {
  const put: LibraryDocument[] = []
  const drop: string[] = []
  const replaced: string[] = []
  for (const file of files) {
    const row = ledger.get(file.id)
    if (row === undefined) {
      // Removed while it was read.
      replaced.push(file.contentId)
      continue
    }
    const sharers = [...ledger.ofContent(file.contentId), ...put]
    const twin = row.path === null ? findTwin(row, file, sharers) : undefined
    if (twin !== undefined) {
      put.push({ ...twin, state: 'unchanged', collections: union(twin, row) })
      drop.push(row.id)
      continue
    }
    if (row.contentId !== null && row.contentId !== file.contentId) replaced.push(row.contentId)
    put.push(committed(row, file, now))
  }
  return { put, drop, replaced }
}

/** An upload has no path to tell it by: the same bytes under the same name are the same document. */
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
  const { contentId, bytes, modifiedMs, format, pages, chunks, words, unreadPages, reason } = file
  const isWhole = unreadPages.length === 0 && reason === null
  const isSame = row.contentId === contentId
  return {
    ...row,
    state: isWhole ? (isSame && file.folder !== null ? 'unchanged' : 'indexed') : 'partly-read',
    reason,
    contentId,
    bytes,
    modifiedMs,
    format,
    pages,
    chunks,
    words,
    unreadPages,
    importedAt: isSame ? row.importedAt : new Date(now()).toISOString(),
  }
}
