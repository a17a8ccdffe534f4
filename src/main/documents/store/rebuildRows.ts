import { randomUUID } from 'node:crypto'
import { stat } from 'node:fs/promises'
import path from 'node:path'
import { formatOfName } from '../../../shared/domain/formats.ts'
import type { LibraryDocument } from '../../../shared/domain/libraryDocument.ts'
import type { IndexInUse } from '../../retrieval/searchIndex.ts'
import type { ContentStore } from './contentStore.ts'
import type { Ledger } from './ledger.ts'
import type { LedgerHistory } from './ledgerHistory.ts'
import { measureText } from './measureText.ts'
import type { Uploads } from './uploads.ts'

export interface RebuildDeps {
  readonly ledger: Ledger
  readonly history: LedgerHistory
  readonly contents: ContentStore
  readonly uploads: Uploads
  readonly index: Pick<IndexInUse, 'current'>
  /** Rows of the ledger's copy. */
  readonly backup: readonly LibraryDocument[]
  readonly now: () => number
}

/** How many rows came from where. */
export interface Rebuilt {
  readonly fromBackup: number
  readonly fromTexts: number
}

/**
 * Gives a damaged ledger its rows back: from its copy those whose text or original is stored, or
 * which were not read yet; and a new row for each text or original that still has none. All are
 * written in one step, which also makes the ledger whole: a kill leaves it damaged, or with all rows.
 */
export async function rebuildRows(deps: RebuildDeps): Promise<Rebuilt> {
  const { ledger, contents, uploads } = deps
  const fromBackup = await rowsOfBackup(deps)
  const known = new Set([...ledger.list(), ...fromBackup].map(({ contentId }) => contentId))
  const orphans = [...new Set([...contents.contents(), ...uploads.originals()])].filter(
    (contentId) => !known.has(contentId),
  )
  const fromTexts: LibraryDocument[] = []
  for (const [index, contentId] of orphans.entries()) {
    fromTexts.push(await rowOf(contentId, index + 1, deps))
  }
  await ledger.put([...fromBackup, ...fromTexts])
  return { fromBackup: fromBackup.length, fromTexts: fromTexts.length }
}

async function rowsOfBackup({
  ledger,
  history,
  contents,
  uploads,
  backup,
}: RebuildDeps): Promise<readonly LibraryDocument[]> {
  const waiting = new Set(await uploads.waiting())
  const isStored = (contentId: string | null | undefined): boolean =>
    contentId != null && (contents.has(contentId) || uploads.original(contentId) !== null)
  return backup.filter(({ id, path: file, contentId }) => {
    const row = ledger.get(id)
    // The line that is lost may have been the last of several about the same document.
    if (row !== undefined) return !isStored(row.contentId) && isStored(contentId)
    if (history.dropped.has(id)) return false
    // The same file may have been imported again since.
    if (file !== null && ledger.ofPath(file) !== undefined) return false
    return isStored(contentId) || (contentId === null && (file !== null || waiting.has(id)))
  })
}

export type RowDeps = Pick<RebuildDeps, 'contents' | 'uploads' | 'index' | 'now'>

/** Only the ledger had the name; the first words of the text tell people which one it is. */
export async function rowOf(
  contentId: string,
  number: number,
  { contents, uploads, index, now }: RowDeps,
): Promise<LibraryDocument> {
  const original = uploads.original(contentId)
  const stats = original === null ? null : await stat(original)
  const { firstWords, ...size } = contents.has(contentId)
    ? await measureText(contents.folder(contentId))
    : { firstWords: '', pages: 0, words: 0, pageLabels: [] }
  const called = firstWords === '' ? `Document ${String(number)}` : firstWords
  const name = `${called} (recovered)${original === null ? '' : path.extname(original)}`
  return {
    id: randomUUID(),
    name,
    path: null,
    format: formatOfName(name),
    // Where there is an original it is read again, which tells the rest.
    state: original === null ? 'indexed' : 'queued',
    reason: null,
    contentId,
    bytes: stats?.size ?? 0,
    modifiedMs: stats?.mtimeMs ?? now(),
    ...size,
    // As many as the index should have; it is compared afterwards.
    chunks: (await contents.countPassages(contentId, index.current().id)) ?? 1,
    isLanguageNamed: false,
    unreadPages: [],
    collections: [],
    importedAt: new Date(now()).toISOString(),
  }
}
