import type { LibraryDocument } from '../../../shared/domain/libraryDocument.ts'
import type { FoundJournal } from '../../disk/journal.ts'
import type { JournalChange } from '../../disk/journalLines.ts'

/** What the file of a ledger shows about its past; lost with the next rewriting of the file. */
export interface LedgerHistory {
  found: FoundJournal
  /** Contents that a row once referred to. */
  readonly named: Set<string>
  /** Ids of the rows that were removed. */
  readonly dropped: Set<string>
}

export function createLedgerHistory(): LedgerHistory {
  return { found: 'whole', named: new Set(), dropped: new Set() }
}

export function addToHistory(
  { named, dropped }: LedgerHistory,
  { put = [], drop = [] }: JournalChange<LibraryDocument>,
): void {
  for (const { contentId } of put) if (contentId !== null) named.add(contentId)
  for (const id of drop) dropped.add(id)
}
