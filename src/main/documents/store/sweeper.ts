import { readdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { isPending, type LibraryDocument } from '../../../shared/domain/libraryDocument.ts'
import { whenMissing } from '../../disk/systemError.ts'
import type { IndexInUse } from '../../retrieval/searchIndex.ts'
import type { ContentStore } from './contentStore.ts'
import type { Ledger } from './ledger.ts'
import type { Uploads } from './uploads.ts'

export interface SweepOptions {
  readonly spool: string
  readonly ledger: Ledger
  readonly index: Pick<IndexInUse, 'current'>
  readonly contents: ContentStore
  readonly uploads: Uploads
  readonly isNeeded: (contentId: string) => boolean
}

/** Removes contents that no row needs. The ledger must be flushed to the disk before. */
export async function sweepContents(
  candidates: readonly string[],
  { ledger, index, contents, uploads, isNeeded }: SweepOptions,
): Promise<void> {
  const unneeded = [...new Set(candidates)].filter((contentId) => !isNeeded(contentId))
  if (unneeded.length === 0) return
  await ledger.flush()
  await index.current().store.remove(unneeded)
  for (const contentId of unneeded) {
    await contents.remove(contentId)
    await uploads.removeOriginal(contentId)
  }
}

/** Contents that the ledger refers to and the index doesn't have completely. */
export interface LostContents {
  readonly contents: Set<string>
  /** Rows whose stored text has to be indexed again. */
  readonly rebuild: Set<string>
}

/**
 * Repairs what a crashed process left: removes everything that no row refers to, and finds the
 * contents that the index has lost.
 *
 * An index lacks contents if it was set aside as broken, or if another embedder is used. They are
 * embedded again from the stored text.
 */
export async function recover(options: SweepOptions): Promise<LostContents> {
  const { spool, ledger, contents, uploads } = options
  const index = options.index.current()
  await removeAll(path.join(spool, 'parsed'))
  await uploads.sweep((id) => {
    const row = ledger.get(id)
    return row?.contentId === null
  })
  const indexed = await index.store.contents()
  await sweepContents([...indexed.keys(), ...contents.contents(), ...uploads.originals()], options)

  const lost: LostContents = { contents: new Set(), rebuild: new Set() }
  const rebuilt = new Set<string>()
  const recounted: LibraryDocument[] = []
  for (const row of ledger.list()) {
    const { id, contentId, state } = row
    if (contentId === null) continue
    const count = indexed.get(contentId) ?? 0
    if (!contents.has(contentId)) {
      // Without the text nothing can be cited, so the file has to be read again.
      await ledger.put([{ ...row, contentId: null, state: 'queued', reason: null }])
    } else if (
      count !== row.chunks &&
      (await contents.countPassages(contentId, index.id)) === count
    ) {
      // The index was exchanged, and the process ended before the rows were updated.
      recounted.push({ ...row, chunks: count })
    } else if (count !== row.chunks) {
      lost.contents.add(contentId)
      // A waiting row will be read anyway, and one row per content is enough.
      if (isPending(state) || rebuilt.has(contentId)) continue
      rebuilt.add(contentId)
      lost.rebuild.add(id)
      ledger.show({ ...row, state: 'queued' })
    }
  }
  await ledger.put(recounted)
  return lost
}

async function removeAll(folder: string): Promise<void> {
  for (const name of await readdir(folder).catch(whenMissing([]))) {
    await rm(path.join(folder, name), { recursive: true, force: true })
  }
}
