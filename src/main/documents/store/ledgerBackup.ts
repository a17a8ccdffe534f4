import { libraryDocument, type LibraryDocument } from '../../../shared/domain/libraryDocument.ts'
import { replaceFile } from '../../disk/durableFile.ts'
import { keepBrokenCopy, type Notice } from '../../disk/jsonFile.ts'
import { readJournal, serialiseRows } from '../../disk/journalLines.ts'
import type { Logger } from '../../disk/logger.ts'
import type { Ledger } from './ledger.ts'

export interface LedgerBackup {
  /** Whether it will be written in a moment. */
  isPending(): boolean
  /** Writes the copy now. */
  rewrite(): Promise<void>
  /** Writes the last changes. */
  close(): Promise<void>
}

/** Milliseconds from a change to the copy that contains it. */
const soonMs = 5_000
/** Writing the copy takes one part in so many of the time, however long the ledger is. */
const share = 50

/**
 * Keeps a copy of the ledger in a second file. Only the ledger says which document a stored text
 * belongs to, in which collections it is, and what an upload was called.
 */
export function createLedgerBackup(
  file: string,
  ledger: Pick<Ledger, 'list' | 'onChange'>,
  logger: Logger,
): LedgerBackup {
  let timer: NodeJS.Timeout | undefined
  let delayMs = soonMs
  let writing: Promise<void> = Promise.resolve()

  function write(): void {
    timer = undefined
    const startedAt = performance.now()
    writing = replaceFile(file, serialiseRows(ledger.list())).then(
      () => {
        delayMs = Math.max(soonMs, share * (performance.now() - startedAt))
      },
      // The ledger itself is on the disk; the next change tries again.
      (error: unknown) => logger.error('copying the ledger went wrong', error),
    )
  }

  function writeSoon(): void {
    timer ??= setTimeout(write, delayMs).unref()
  }

  // An earlier version kept no copy, and a start may have repaired the ledger.
  writeSoon()
  const stop = ledger.onChange(writeSoon)
  async function rewrite(): Promise<void> {
    clearTimeout(timer)
    await writing
    write()
    await writing
  }

  return {
    isPending: () => timer !== undefined,
    rewrite,
    async close() {
      stop()
      await (timer === undefined ? writing : rewrite())
    },
  }
}

/**
 * The rows of the copy, as far as they can be read; none where there is no copy. A damaged one is
 * kept beside, since it is written again soon.
 */
export async function readLedgerBackup(
  file: string,
  notice: Notice,
): Promise<readonly LibraryDocument[]> {
  const { rows, unreadable } = await readJournal<LibraryDocument>({ file, row: libraryDocument })
  if (unreadable > 0) {
    notice(`The backup of your list was damaged too. It’s kept as ${await keepBrokenCopy(file)}.`)
  }
  return [...rows.values()]
}
