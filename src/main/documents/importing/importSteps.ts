import type { DocumentReason } from '../../../shared/domain/libraryDocument.ts'
import { AppError, isCancelled, throwIfAborted } from '../../../shared/errors.ts'
import { diskFull, isDiskFull } from '../../disk/diskFull.ts'
import { commitDocuments } from './commitDocuments.ts'
import { cutMissing } from './cutPassages.ts'
import { passagesFile, readPassages } from '../store/contentStore.ts'
import { indexContents } from './indexContents.ts'
import type { ImportSteps, ImportStepsOptions, IndexHold, ReadDocument } from './importWork.ts'
import { discardRead, readDocument } from './readDocument.ts'

/** Reads and indexes the documents of the ledger. */
export function createImportSteps(options: ImportStepsOptions): ImportSteps<ReadDocument> {
  const { ledger, contents, logger, exclusive, lost } = options
  let touched = false

  async function fail(id: string, error: unknown): Promise<void> {
    const row = ledger.get(id)
    if (row === undefined) return
    if (!(error instanceof AppError)) logger.error('a document failed', error, { id })
    await ledger.put([{ ...row, state: 'failed', reason: toReason(error) }])
  }

  async function indexGroup(
    files: readonly ReadDocument[],
    hold: IndexHold,
  ): Promise<{ readonly failed: number }> {
    const current = files.filter(({ id }) => ledger.get(id) !== undefined)
    for (const { id } of current) {
      const row = ledger.get(id)
      if (row !== undefined) ledger.show({ ...row, state: 'indexing' })
    }
    const index = options.index.current()
    let fresh = notYetIndexed(current, options)
    try {
      fresh = await cutMissing(fresh, options, hold.signal)
      const broken = fresh.flatMap(({ content }) => (lost.contents.has(content) ? content : []))
      if (broken.length > 0) await index.store.remove(broken)
      await indexContents(
        fresh.map((file) => ({
          ...file,
          read: () =>
            readPassages(passagesFile(file.folder ?? contents.folder(file.content), index.id)),
        })),
        index,
        hold,
      )
      throwIfAborted(hold.signal)
      if (fresh.length > 0) touched = true
      await commitDocuments(files, fresh, options)
      return { failed: 0 }
    } catch (error) {
      await sweepQuietly(fresh.map(({ content }) => content))
      if (isCancelled(error) || isDiskFull(error)) throw error
      if (current.length > 1) return await indexOneByOne(current, hold)
      for (const { id } of current) await fail(id, error)
      await discardRead(files)
      return { failed: current.length }
    }
  }

  function requeue(ids: readonly string[]): void {
    for (const id of ids) {
      const row = ledger.get(id)
      if (row !== undefined) ledger.show({ ...row, state: 'queued' })
    }
  }

  /** What is left in the index is not found, and swept at the next start at the latest. */
  async function sweepQuietly(unfinished: readonly string[]): Promise<void> {
    try {
      await options.sweep(unfinished)
    } catch (error) {
      logger.error('sweeping after a failure went wrong', error)
    }
  }

  /** One bad document must not take the others of its group with it. */
  async function indexOneByOne(
    files: readonly ReadDocument[],
    hold: IndexHold,
  ): Promise<{ readonly failed: number }> {
    let failed = 0
    for (const file of files) failed += (await indexGroup([file], hold)).failed
    return { failed }
  }

  return {
    async read(id, onPage, signal) {
      try {
        return await readDocument(id, options, onPage, signal)
      } catch (error) {
        if (isCancelled(error)) throw error
        if (isDiskFull(error)) {
          requeue([id])
          throw diskFull(error)
        }
        await fail(id, error)
        return { kind: 'finished', failed: true }
      }
    },
    index: (files, hold) =>
      exclusive(async () => {
        try {
          return await indexGroup(files, hold)
        } catch (error) {
          await discardRead(files)
          if (!isDiskFull(error)) throw error
          requeue(files.map(({ id }) => id))
          throw diskFull(error)
        }
      }),
    discard: discardRead,
    async finish() {
      if (!touched) return
      touched = false
      await exclusive(() => options.index.current().store.optimize())
    },
  }
}

/** One document of each content that is not in the index: the same content twice is indexed once. */
function notYetIndexed(
  files: readonly ReadDocument[],
  { contents, isNeeded, lost }: ImportStepsOptions,
): readonly ReadDocument[] {
  const byContent = new Map<string, ReadDocument>()
  for (const file of files) {
    const { content } = file
    const isThere = contents.has(content) && isNeeded(content) && !lost.contents.has(content)
    if (!isThere && !byContent.has(content)) byContent.set(content, file)
  }
  return [...byContent.values()]
}

function toReason(error: unknown): DocumentReason {
  if (error instanceof AppError) return { code: error.code, message: error.message }
  return {
    code: 'internal',
    message: 'Penknife could not take this file in. Try again; the log says more.',
  }
}
