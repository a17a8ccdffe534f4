import type { IndexInUse } from '../../retrieval/searchIndex.ts'
import type { ContentStore } from './contentStore.ts'
import type { Ledger } from './ledger.ts'
import type { Uploads } from './uploads.ts'

export interface SweepOptions {
  readonly ledger: Ledger
  readonly index: Pick<IndexInUse, 'use' | 'current'>
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
  await index.use(({ store }) => store.remove(unneeded))
  for (const contentId of unneeded) {
    await contents.remove(contentId)
    await uploads.removeOriginal(contentId)
  }
}
