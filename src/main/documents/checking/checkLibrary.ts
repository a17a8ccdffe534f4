import type { LibraryDocument } from '../../../shared/domain/libraryDocument.ts'
import type { Mutex } from '../../flow/mutex.ts'
import { asideFolder } from '../store/setAside.ts'
import { findFaults, type FaultDeps, type LibraryFault } from './findFaults.ts'
import { repairDocument, type RepairDeps } from './repairDocument.ts'

export interface FaultyDocument {
  readonly document: LibraryDocument
  readonly faults: readonly LibraryFault[]
}

export interface LibraryCheck {
  /**
   * Compares what is stored of every document, which reads all of it.
   *
   * @throws AppError `cancelled`.
   */
  check(signal: AbortSignal): Promise<readonly FaultyDocument[]>
  /**
   * Starts to repair what can be repaired: when the library is idle again, a check shows what is
   * left. Damaged files are moved into a folder of `set-aside`.
   */
  repair(faulty: readonly FaultyDocument[]): Promise<void>
}

export interface LibraryCheckDeps extends FaultDeps, RepairDeps {
  readonly ledger: RepairDeps['ledger'] & { list(): readonly LibraryDocument[] }
  readonly contents: RepairDeps['contents']
  readonly uploads: RepairDeps['uploads']
  readonly exclusive: Mutex
  readonly setAside: string
  readonly now: () => number
}

export function createLibraryCheck(deps: LibraryCheckDeps): LibraryCheck {
  return {
    async check(signal) {
      const faulty: FaultyDocument[] = []
      for (const { id } of deps.ledger.list()) {
        await deps.exclusive(async () => {
          const document = deps.ledger.get(id)
          if (document === undefined) return
          const faults = await findFaults(document, deps, signal)
          if (faults.length > 0) faulty.push({ document, faults })
        })
      }
      return faulty
    },
    async repair(faulty) {
      const aside = asideFolder(deps.setAside, deps.now)
      for (const { document, faults } of faulty) {
        await deps.exclusive(() => repairDocument(document.id, faults, aside, deps))
      }
    },
  }
}
