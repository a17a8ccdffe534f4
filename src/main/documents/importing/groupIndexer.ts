import { isCancelled, throwIfAborted } from '../../../shared/errors.ts'
import { isDiskFull } from '../../disk/diskFull.ts'
import type { Logger } from '../../disk/logger.ts'
import type { IndexInUse, SearchIndex } from '../../retrieval/searchIndex.ts'
import type { ContentStore } from '../store/contentStore.ts'
import { passagesFile, readPassages } from '../store/passageFiles.ts'
import { sourceOf } from '../store/sourceOf.ts'
import type { Ledger } from '../store/ledger.ts'
import type { LostContents } from '../store/recover.ts'
import type { FailDocument, IndexControl, ReadDocument } from './importWork.ts'
import { indexContents } from './indexContents.ts'
import { discardRead } from './readDocument.ts'

export interface GroupIndexerDeps {
  readonly ledger: Pick<Ledger, 'get' | 'ofContent' | 'show'>
  readonly contents: Pick<ContentStore, 'has' | 'folder'>
  /** `current` returns the same index while a group is indexed. */
  readonly index: Pick<IndexInUse, 'current'>
  /** Contents with stored text that are missing in the index. */
  readonly lost: Pick<LostContents, 'contents'>
  /** Whether a row needs a content, including removed rows that can still be restored. */
  readonly isNeeded: (contentId: string) => boolean
  /**
   * Splits the documents that aren't split for an index yet. @returns all, with their numbers of
   * passages.
   */
  readonly cut: (
    files: readonly ReadDocument[],
    index: SearchIndex,
    signal: AbortSignal,
  ) => Promise<readonly ReadDocument[]>
  /** Adds documents to the library. @param fresh those whose content was not stored before. */
  readonly commit: (files: readonly ReadDocument[], fresh: readonly ReadDocument[]) => Promise<void>
  /** Removes the given contents if no row needs them. */
  readonly sweep: (contents: readonly string[]) => Promise<void>
  readonly fail: FailDocument
  readonly logger: Pick<Logger, 'error'>
}

/** Adds groups of documents to the index and the library. */
export interface GroupIndexer {
  /**
   * Indexes a group; if that fails, indexes its documents one by one, so that one bad document
   * doesn't affect the others. @returns the number of failures. @throws AppError `cancelled`,
   * `disk-full`.
   */
  index(files: readonly ReadDocument[], control: IndexControl): Promise<{ readonly failed: number }>
  /** Whether something was added since the last `optimize`. */
  isUntidy(): boolean
  /** Compacts the index. */
  optimize(): Promise<void>
}

export function createGroupIndexer(deps: GroupIndexerDeps): GroupIndexer {
  const { ledger, fail } = deps
  let added = false

  async function add(fresh: readonly ReadDocument[], control: IndexControl): Promise<void> {
    const { index, lost, contents } = deps
    const { id, store, embedder } = index.current()
    const broken = fresh.flatMap(({ contentId }) => (lost.contents.has(contentId) ? contentId : []))
    if (broken.length > 0) await store.remove(broken)
    const toIndex = fresh.map((file) => ({
      ...file,
      source: sourceOf([ledger.get(file.id) ?? [], ledger.ofContent(file.contentId)].flat()),
      read: () => readPassages(passagesFile(file.folder ?? contents.folder(file.contentId), id)),
    }))
    await indexContents(toIndex, { store, embedder }, control)
    throwIfAborted(control.signal)
    if (fresh.length > 0) added = true
  }

  async function index(
    files: readonly ReadDocument[],
    control: IndexControl,
  ): Promise<{ readonly failed: number }> {
    const current = files.filter(({ id }) => ledger.get(id) !== undefined)
    showIndexing(current, ledger)
    let fresh = notYetIndexed(current, deps)
    try {
      fresh = await deps.cut(fresh, deps.index.current(), control.signal)
      await add(fresh, control)
      await deps.commit(asCut(files, fresh), fresh)
      return { failed: 0 }
    } catch (error) {
      await sweepAfterFailure(fresh, deps)
      if (isCancelled(error) || isDiskFull(error)) throw error
      if (current.length > 1) return indexOneByOne(current, control)
      for (const { id } of current) await fail(id, error)
      await discardRead(files)
      return { failed: current.length }
    }
  }

  async function indexOneByOne(
    files: readonly ReadDocument[],
    control: IndexControl,
  ): Promise<{ readonly failed: number }> {
    let failed = 0
    for (const file of files) failed += (await index([file], control)).failed
    return { failed }
  }

  return {
    index,
    isUntidy: () => added,
    async optimize() {
      added = false
      await deps.index.current().store.optimize()
    },
  }
}

/** The files with what cutting found out about their contents. */
function asCut(
  files: readonly ReadDocument[],
  cut: readonly ReadDocument[],
): readonly ReadDocument[] {
  const byContent = new Map(cut.map((file) => [file.contentId, file]))
  return files.map((file) => {
    const { chunks, languages } = byContent.get(file.contentId) ?? file
    return { ...file, chunks, languages }
  })
}

function showIndexing(files: readonly ReadDocument[], ledger: GroupIndexerDeps['ledger']): void {
  for (const { id } of files) {
    const row = ledger.get(id)
    if (row !== undefined) ledger.show({ ...row, state: 'indexing' })
  }
}

/** One document per content that isn't in the index, so that duplicates are indexed once. */
function notYetIndexed(
  files: readonly ReadDocument[],
  { contents, isNeeded, lost }: Pick<GroupIndexerDeps, 'contents' | 'isNeeded' | 'lost'>,
): readonly ReadDocument[] {
  const byContent = new Map<string, ReadDocument>()
  for (const file of files) {
    const { contentId } = file
    const isThere = contents.has(contentId) && isNeeded(contentId) && !lost.contents.has(contentId)
    if (!isThere && !byContent.has(contentId)) byContent.set(contentId, file)
  }
  return [...byContent.values()]
}

/**
 * Removes leftovers in the index. If that fails: they can't be found, and the next start removes
 * them.
 */
async function sweepAfterFailure(
  files: readonly ReadDocument[],
  { sweep, logger }: Pick<GroupIndexerDeps, 'sweep' | 'logger'>,
): Promise<void> {
  try {
    await sweep(files.map(({ contentId }) => contentId))
  } catch (error) {
    logger.error('sweeping after a failure went wrong', error)
  }
}
