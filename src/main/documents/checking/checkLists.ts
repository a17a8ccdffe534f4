import { libraryDocument, type LibraryDocument } from '../../../shared/domain/libraryDocument.ts'
import { fileTask, unreadable, type CheckTask, type FoundFault } from '../../disk/checkTask.ts'
import { readJournal } from '../../disk/journalLines.ts'
import type { Paths } from '../../disk/paths.ts'
import type { Ledger } from '../store/ledger.ts'
import type { LedgerBackup } from '../store/ledgerBackup.ts'

export interface ListChecksDeps {
  readonly paths: Pick<Paths, 'ledger' | 'ledgerBackup'>
  readonly ledger: Pick<Ledger, 'list' | 'rewrite'>
  readonly backup: Pick<LedgerBackup, 'isPending' | 'rewrite'>
}

/** The check of the list of documents and of its copy. */
export function listChecks({ paths, ledger, backup }: ListChecksDeps): readonly CheckTask[] {
  const isEmpty = (): boolean => ledger.list().length === 0
  const isNew = (): boolean => isEmpty() || backup.isPending()
  return [
    listCheck('List of documents', paths.ledger, isEmpty, () => ledger.rewrite()),
    listCheck('Copy of the list of documents', paths.ledgerBackup, isNew, () => backup.rewrite()),
  ]
}

function listCheck(
  name: string,
  file: string,
  isNew: () => boolean,
  rewrite: () => Promise<void>,
): CheckTask {
  return fileTask(name, file, async () => {
    const found = await findListFault(file)
    if (found === null || (found.kind === 'missing' && isNew())) return null
    const runRepair: FoundFault['runRepair'] = async (aside) => {
      await aside.copy(file)
      await rewrite()
    }
    return { ...found, repair: 'write-again', runRepair }
  })
}

async function findListFault(file: string): Promise<Pick<FoundFault, 'kind' | 'lines'> | null> {
  try {
    const read = await readJournal<LibraryDocument>({ file, row: libraryDocument })
    if (read.missing) return { kind: 'missing', lines: null }
    if (!read.headed) return { kind: 'unreadable', lines: null }
    return read.unreadable === 0 ? null : { kind: 'lines', lines: read.unreadable }
  } catch (error) {
    return { kind: unreadable(error), lines: null }
  }
}
