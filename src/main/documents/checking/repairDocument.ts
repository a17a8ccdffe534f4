import { existsSync } from 'node:fs'
import path from 'node:path'
import type { LibraryDocument } from '../../../shared/domain/libraryDocument.ts'
import { asideFolders } from '../../disk/asideFiles.ts'
import { makeFolder } from '../../disk/durableFile.ts'
import type { ContentStore } from '../store/contentStore.ts'
import type { Ledger } from '../store/ledger.ts'
import type { LostContents } from '../store/recover.ts'
import type { Uploads } from '../store/uploads.ts'
import type { LibraryFault } from './findFaults.ts'

export interface RepairDeps {
  readonly ledger: Pick<Ledger, 'get' | 'ofContent' | 'put' | 'show'>
  readonly contents: ContentStore
  readonly uploads: Uploads
  readonly lost: LostContents
  /** Adds documents to the import queue. */
  readonly enqueue: (rows: readonly LibraryDocument[]) => void
}

/**
 * Repairs what is stored of a document: its text is read again from the file, its index made again
 * from the text. What is damaged is moved away, never deleted.
 *
 * @param aside the folder that damaged files are moved into.
 */
export async function repairDocument(
  id: string,
  fault: LibraryFault,
  aside: string,
  deps: RepairDeps,
): Promise<void> {
  const row = deps.ledger.get(id)
  if (row?.contentId == null) return
  const { contentId } = row
  switch (fault) {
    case 'original':
      return deps.uploads.moveOriginal(contentId, await madeFolder(aside, asideFolders.originals))
    case 'text':
    case 'layout':
      return readAgain(row, contentId, aside, deps)
    case 'index':
      return indexAgain(row, contentId, deps)
    case 'original-missing':
      return
  }
}

/** The file to read a document from again; null where it is gone. */
export function fileToRead(
  { path: file, contentId }: LibraryDocument,
  uploads: Pick<Uploads, 'original'>,
): string | null {
  const found = file ?? (contentId === null ? null : uploads.original(contentId))
  return found !== null && existsSync(found) ? found : null
}

/** Does nothing where the file is gone: a damaged text is better than none. */
async function readAgain(
  row: LibraryDocument,
  contentId: string,
  aside: string,
  { ledger, contents, uploads, enqueue }: RepairDeps,
): Promise<void> {
  if (fileToRead(row, uploads) === null) return
  await contents.moveTo(contentId, await madeFolder(aside, asideFolders.texts))
  // All documents with this content have lost their text.
  const sharers = ledger.ofContent(contentId)
  for (const { id, path: own } of sharers) {
    if (own === null) await uploads.spoolAgain(id, contentId)
  }
  const queued = sharers.map((one) => ({
    ...one,
    contentId: null,
    state: 'queued' as const,
    reason: null,
  }))
  await ledger.put(queued)
  enqueue(queued)
}

/** Indexes the stored text of a document again. */
export async function indexAgain(
  row: LibraryDocument,
  contentId: string,
  { ledger, contents, lost, enqueue }: RepairDeps,
): Promise<void> {
  await contents.keepPassages(contentId, [])
  lost.contents.add(contentId)
  lost.rebuild.add(row.id)
  ledger.show({ ...row, state: 'queued' })
  enqueue([row])
}

async function madeFolder(aside: string, name: string): Promise<string> {
  const folder = path.join(aside, name)
  await makeFolder(folder)
  return folder
}
