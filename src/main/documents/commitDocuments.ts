import type { LibraryDocument } from '../../shared/domain/libraryDocument.ts'
import type { ImportStepsOptions, ReadDocument } from './importSteps.ts'
import { discardRead } from './readDocument.ts'

/**
 * Makes documents that are in the index part of the library. One write to the ledger turns every
 * row to its new content; until then searches see the old one, afterwards the new one, never both.
 *
 * @param fresh those among `files` whose content was not stored before.
 */
export async function commitDocuments(
  files: readonly ReadDocument[],
  fresh: readonly ReadDocument[],
  options: ImportStepsOptions,
): Promise<void> {
  const { ledger, contents, uploads, notInIndex, now } = options
  for (const { content, folder } of fresh) {
    if (folder !== null) await contents.adopt(content, folder)
  }
  const replaced: string[] = []
  const gone: string[] = []
  const rows: LibraryDocument[] = []
  for (const file of files) {
    const row = ledger.get(file.id)
    if (row === undefined) {
      // Removed while it was read.
      replaced.push(file.content)
      continue
    }
    const twin =
      row.path === null
        ? findTwin(row, file, [...ledger.ofContent(file.content), ...rows])
        : undefined
    if (twin !== undefined) {
      rows.push({ ...twin, state: 'unchanged', collections: union(twin, row) })
      gone.push(row.id)
      continue
    }
    if (row.content !== null && row.content !== file.content) replaced.push(row.content)
    if (row.path === null && (await uploads.spooled(row.id)) !== null) {
      await uploads.keep(row.id, file.content, row.name)
    }
    rows.push(committed(row, file, now))
  }
  for (const { content } of fresh) notInIndex.delete(content)
  await ledger.write({ put: rows, drop: gone })
  // Only now: until the row says so, the upload is all there is of the file.
  for (const { id } of files) await uploads.discard(id)
  await discardRead(files)
  await options.sweep(replaced)
}

/** An upload has no path to tell it by: the same bytes under the same name are the same document. */
function findTwin(
  row: LibraryDocument,
  file: ReadDocument,
  sharers: readonly LibraryDocument[],
): LibraryDocument | undefined {
  if (row.content === file.content) return undefined
  return sharers.find(
    (other) =>
      other.id !== row.id &&
      other.path === null &&
      other.name === row.name &&
      other.content === file.content,
  )
}

function union(a: LibraryDocument, b: LibraryDocument): readonly string[] {
  return [...new Set([...a.collections, ...b.collections])]
}

function committed(row: LibraryDocument, file: ReadDocument, now: () => number): LibraryDocument {
  const { content, bytes, modifiedMs, format, pages, chunks, words, unreadPages, reason } = file
  const isWhole = unreadPages.length === 0 && reason === null
  const isSame = row.content === content
  return {
    ...row,
    state: isWhole ? (isSame && file.folder !== null ? 'unchanged' : 'indexed') : 'partly-read',
    reason,
    content,
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
