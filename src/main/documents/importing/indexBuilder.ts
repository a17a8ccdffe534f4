import path from 'node:path'
import { isCancelled, throwIfAborted } from '../../../shared/errors.ts'
import { parsedFiles } from '../../disk/parsedFiles.ts'
import type { Mutex } from '../../flow/mutex.ts'
import type { IndexBuilder, MissingContent } from '../../retrieval/indexBuilder.ts'
import type { SearchIndex } from '../../retrieval/searchIndex.ts'
import type { ContentStore } from '../store/contentStore.ts'
import { sourceOf } from '../store/sourceOf.ts'
import { passagesFile, readPassages } from '../store/passageFiles.ts'
import type { Ledger } from '../store/ledger.ts'
import type { LostContents } from '../store/recover.ts'
import { cutPassages, type CutDeps } from './cutPassages.ts'
import { indexContents } from './indexContents.ts'
import type { IndexControl } from './importWork.ts'

export interface IndexBuilderDeps {
  readonly ledger: Pick<Ledger, 'list' | 'ofContent' | 'flush' | 'put'>
  readonly contents: ContentStore
  /** Prevents that contents are swept while contents are written. */
  readonly exclusive: Mutex
  /** Whether a row needs a content, including removed rows that can still be restored. */
  readonly isNeeded: (contentId: string) => boolean
  readonly lost: Pick<LostContents, 'contents'>
  readonly cutting: CutDeps
}

export function createIndexBuilder(deps: IndexBuilderDeps): IndexBuilder {
  const { contents, exclusive, isNeeded } = deps
  const whole = createWholeContents(deps)

  return {
    total: () => contents.contents().filter(isNeeded).length,
    missing: whole.missing,
    async build(wanted, target, control) {
      await removeBegun(wanted, target)
      try {
        const counted = await cutAndIndex(wanted, target, control, deps)
        for (const [contentId, chunks] of counted) whole.add(target, contentId, chunks)
      } catch (error) {
        // The others are still missing, and will be listed again.
        if (isCancelled(error) || wanted.every(isNeeded)) throw error
      }
    },
    exchangeWhenWhole: (target, exchange) =>
      exclusive(async () => {
        const { missing } = await whole.missing(target)
        if (missing.length > 0) return false
        await exchangeNow(target, exchange, deps)
        return true
      }),
    async removeOtherChunks(indexes, signal) {
      for (const contentId of contents.contents()) {
        throwIfAborted(signal)
        await contents.keepPassages(contentId, indexes)
      }
    },
  }
}

/** Tracks the contents of which an index has all passages. */
function createWholeContents({
  ledger,
  contents,
  isNeeded,
}: Pick<IndexBuilderDeps, 'ledger' | 'contents' | 'isNeeded'>) {
  /** Numbers of passages of the complete contents, by index. */
  const seen = new WeakMap<SearchIndex, Map<string, number>>()

  function seenIn(target: SearchIndex): Map<string, number> {
    const known = seen.get(target) ?? new Map<string, number>()
    seen.set(target, known)
    return known
  }

  async function missing(target: SearchIndex) {
    const known = seenIn(target)
    const stored = await target.store.contents()
    const needed = contents.contents().filter(isNeeded)
    const absent: MissingContent[] = []
    for (const contentId of needed) {
      const count = stored.get(contentId)
      if (count !== undefined && known.get(contentId) === count) continue
      // Added before a restart. The file of passages is written before any passage is in the index,
      // so its count is reliable.
      if (count !== undefined && (await contents.countPassages(contentId, target.id)) === count) {
        known.set(contentId, count)
        continue
      }
      absent.push({ contentId, chunks: ledger.ofContent(contentId)[0]?.chunks ?? 1 })
    }
    return { missing: absent, total: needed.length }
  }

  return {
    missing,
    add: (target: SearchIndex, contentId: string, chunks: number) =>
      void seenIn(target).set(contentId, chunks),
  }
}

async function removeBegun(wanted: readonly string[], { store }: SearchIndex): Promise<void> {
  const stored = await store.contents()
  const begun = wanted.filter((contentId) => stored.has(contentId))
  if (begun.length > 0) await store.remove(begun)
}

/** @returns the number of passages per content. */
async function cutAndIndex(
  wanted: readonly string[],
  target: SearchIndex,
  control: IndexControl,
  { ledger, contents, cutting }: Pick<IndexBuilderDeps, 'ledger' | 'contents' | 'cutting'>,
): Promise<ReadonlyMap<string, number>> {
  const { id, passageSize } = target
  const counted = new Map<string, number>()
  for (const contentId of wanted) {
    await control.unpaused()
    throwIfAborted(control.signal)
    const languages = ledger.ofContent(contentId)[0]?.languages ?? []
    const text = { text: path.join(contents.folder(contentId), parsedFiles.text), languages }
    const take = (file: string): Promise<void> => contents.adoptPassages(contentId, id, file)
    const { chunks } = await cutPassages(cutting, text, passageSize, take, control.signal)
    counted.set(contentId, chunks)
  }
  const toIndex = [...counted].map(([contentId, chunks]) => ({
    contentId,
    source: sourceOf(ledger.ofContent(contentId)),
    chunks,
    read: () => readPassages(passagesFile(contents.folder(contentId), id)),
  }))
  await indexContents(toIndex, target, control)
  return counted
}

/** Removes unneeded contents from a complete index, and makes it the one in use. */
async function exchangeNow(
  target: SearchIndex,
  exchange: () => Promise<void>,
  { ledger, lost, isNeeded }: Pick<IndexBuilderDeps, 'ledger' | 'lost' | 'isNeeded'>,
): Promise<void> {
  const stored = await target.store.contents()
  const left = [...stored.keys()].filter((contentId) => !isNeeded(contentId))
  if (left.length > 0) await target.store.remove(left)
  await ledger.flush()
  await exchange()
  lost.contents.clear()
  const rows = ledger.list().filter((row) => row.contentId !== null)
  const counted = rows.map((row) => ({ ...row, chunks: stored.get(row.contentId ?? '') ?? 0 }))
  await ledger.put(counted.filter(({ chunks }, at) => chunks !== rows[at]?.chunks))
}
