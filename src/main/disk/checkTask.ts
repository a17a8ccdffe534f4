import type { DataFault } from '../../shared/domain/dataFault.ts'
import { AppError, isCancelled } from '../../shared/errors.ts'
import type { AsideFiles } from './asideFiles.ts'
import { systemErrorCode } from './systemError.ts'

/** A fault, with its repair. */
export interface FoundFault extends Omit<DataFault, 'id' | 'store'> {
  /**
   * Repairs it, unless that has happened already. Deletes nothing: what is damaged is moved or copied
   * aside before. null where `repair` is.
   *
   * @throws AppError `disk-full`, `permission-denied`.
   */
  readonly runRepair: ((aside: AsideFiles) => Promise<void>) | null
}

/** A part of a check, usually a file. */
export interface CheckTask {
  /** What a person calls it. */
  readonly name: string
  /** Number of files that are read. */
  readonly files: number
  /**
   * Reads the files and changes nothing.
   *
   * @param onFraction receives how much of a large file is read, from 0 to 1.
   * @throws AppError `cancelled`.
   */
  find(signal: AbortSignal, onFraction?: (fraction: number) => void): Promise<readonly FoundFault[]>
}

/** The check of one file by `find`, which returns null where the file is in order. */
export function fileTask(
  name: string,
  file: string,
  find: (signal: AbortSignal) => Promise<Omit<FoundFault, 'name' | 'file'> | null>,
): CheckTask {
  return {
    name,
    files: 1,
    async find(signal) {
      const found = await find(signal)
      return found === null ? [] : [{ name, file, ...found }]
    },
  }
}

/** For the `catch` of reading a file: what cannot be read, or is a folder, is a fault. */
export function unreadable(error: unknown): 'unreadable' {
  const isExpected = error instanceof AppError || systemErrorCode(error) !== undefined
  if (!isExpected || isCancelled(error)) throw error
  return 'unreadable'
}
