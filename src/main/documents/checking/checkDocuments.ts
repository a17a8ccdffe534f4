import path from 'node:path'
import type { RepairKind } from '../../../shared/domain/dataFault.ts'
import type { LibraryDocument } from '../../../shared/domain/libraryDocument.ts'
import type { CheckTask, FoundFault } from '../../disk/checkTask.ts'
import { parsedFiles } from '../../disk/parsedFiles.ts'
import type { Mutex } from '../../flow/mutex.ts'
import { passagesFile } from '../store/passageFiles.ts'
import { findFaults, type FaultDeps, type LibraryFault } from './findFaults.ts'
import { fileToRead, repairDocument, type RepairDeps } from './repairDocument.ts'

export interface DocumentChecksDeps extends FaultDeps, RepairDeps {
  readonly ledger: RepairDeps['ledger'] & { list(): readonly LibraryDocument[] }
  readonly contents: RepairDeps['contents']
  readonly uploads: RepairDeps['uploads']
  readonly exclusive: Mutex
}

/**
 * The check of each document. A repair that reads or indexes again has only begun when it resolves:
 * it is done when the library is idle.
 */
export function documentChecks(deps: DocumentChecksDeps): readonly CheckTask[] {
  return deps.ledger.list().map(({ id, name, path: file, contentId }) => ({
    name,
    // Text, passages and, of an upload, its copy.
    files: contentId === null ? 0 : file === null ? 3 : 2,
    find: (signal) =>
      deps.exclusive(async () => {
        const row = deps.ledger.get(id)
        if (row === undefined) return []
        const faults = [
          ...(await findFaults(row, deps, signal)),
          ...((await isUploadMissing(row, deps)) ? (['upload-missing'] as const) : []),
        ]
        return faults.map((fault) => foundFault(row, fault, faults, deps))
      }),
  }))
}

type DocumentFault = LibraryFault | 'upload-missing'

/** Whether a document that is not imported yet has lost the only copy of its file. */
async function isUploadMissing(
  { id, path: file, contentId, state }: LibraryDocument,
  { uploads }: DocumentChecksDeps,
): Promise<boolean> {
  if (file !== null || contentId !== null || state === 'failed') return false
  return (await uploads.spooled(id)) === null
}

function foundFault(
  row: LibraryDocument,
  fault: DocumentFault,
  all: readonly DocumentFault[],
  deps: DocumentChecksDeps,
): FoundFault {
  const repair = repairOf(row, fault, all, deps)
  const runRepair: FoundFault['runRepair'] =
    repair === null || fault === 'upload-missing'
      ? null
      : (aside) => deps.exclusive(() => repairDocument(row.id, fault, aside.folder, deps))
  const { name } = row
  return { name, file: fileOf(row, fault, deps), kind: fault, lines: null, repair, runRepair }
}

function repairOf(
  row: LibraryDocument,
  fault: DocumentFault,
  all: readonly DocumentFault[],
  { uploads }: DocumentChecksDeps,
): RepairKind | null {
  switch (fault) {
    case 'text':
    case 'layout':
      // A damaged copy can't be trusted to have the same text.
      return all.includes('original') || fileToRead(row, uploads) === null ? null : 'read-again'
    case 'index':
      return 'index-again'
    case 'original':
      return 'set-aside'
    case 'original-missing':
    case 'upload-missing':
      return null
  }
}

function fileOf(
  { id, name, contentId }: LibraryDocument,
  fault: DocumentFault,
  { contents, uploads, index }: DocumentChecksDeps,
): string {
  if (contentId === null) return id
  const folder = contents.folder(contentId)
  switch (fault) {
    case 'text':
      return path.join(folder, parsedFiles.text)
    case 'layout':
      return path.join(folder, parsedFiles.layout)
    case 'index':
      return passagesFile(folder, index.current().id)
    case 'original':
    case 'original-missing':
    case 'upload-missing':
      return uploads.original(contentId) ?? name
  }
}
