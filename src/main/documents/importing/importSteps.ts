import type { DocumentReason } from '../../../shared/domain/libraryDocument.ts'
import { AppError, isCancelled, isUnexpected } from '../../../shared/errors.ts'
import { diskFull, isDiskFull } from '../../disk/diskFull.ts'
import type { Logger } from '../../disk/logger.ts'
import { explainWrite } from '../../disk/writeErrors.ts'
import type { Mutex } from '../../flow/mutex.ts'
import type { Ledger } from '../store/ledger.ts'
import type { GroupIndexer } from './groupIndexer.ts'
import type { FailDocument, ImportSteps } from './importWork.ts'
import { discardRead } from './readDocument.ts'

export interface ImportStepsDeps {
  readonly ledger: Pick<Ledger, 'get' | 'show'>
  /** Prevents that contents are swept while contents are written. */
  readonly exclusive: Mutex
  /** Reads a document. @throws AppError with the reason; `cancelled`, `disk-full`. */
  readonly read: ImportSteps['read']
  readonly indexer: GroupIndexer
  /** Stores a document's error in its row. */
  readonly fail: FailDocument
}

/** Reads and indexes the documents of the ledger. */
export function createImportSteps(deps: ImportStepsDeps): ImportSteps {
  const { ledger, exclusive, indexer, fail } = deps

  function showQueued(ids: readonly string[]): void {
    for (const id of ids) {
      const row = ledger.get(id)
      if (row !== undefined) ledger.show({ ...row, state: 'queued' })
    }
  }

  /** @returns the error to throw, after queueing the documents again. */
  function requeued(ids: readonly string[], error: unknown): AppError {
    showQueued(ids)
    return diskFull(error)
  }

  return {
    async read(id, control) {
      try {
        return await deps.read(id, control)
      } catch (error) {
        if (isCancelled(error)) throw error
        if (control.othersWait && isTooSlow(error)) {
          showQueued([id])
          return { kind: 'put-off' }
        }
        if (isDiskFull(error)) throw requeued([id], error)
        await fail(id, error)
        return { kind: 'finished', failed: true }
      }
    },
    index: (files, control) =>
      exclusive(async () => {
        try {
          return await indexer.index(files, control)
        } catch (error) {
          await discardRead(files)
          if (!isDiskFull(error)) throw error
          throw requeued(
            files.map(({ id }) => id),
            error,
          )
        }
      }),
    discard: discardRead,
    async finish() {
      if (indexer.isUntidy()) await exclusive(() => indexer.optimize())
    },
  }
}

function isTooSlow(error: unknown): boolean {
  return error instanceof AppError && error.code === 'timed-out'
}

export function createFailDocument(
  ledger: Pick<Ledger, 'get' | 'put'>,
  logger: Pick<Logger, 'error'>,
): FailDocument {
  return async (id, error) => {
    const row = ledger.get(id)
    if (row === undefined) return
    if (isUnexpected(error)) logger.error('a document failed', error, { id })
    await ledger.put([{ ...row, state: 'failed', reason: toReason(error) }])
  }
}

function toReason(failure: unknown): DocumentReason {
  const error = explainWrite(failure)
  if (error instanceof AppError) return { code: error.code, message: error.message }
  return {
    code: 'internal',
    message: 'Penknife could not take this file in. Try again; the log says more.',
  }
}
