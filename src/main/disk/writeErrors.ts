import { AppError } from '../../shared/errors.ts'
import { diskFull, isDiskFull } from './diskFull.ts'
import { isForbidden, systemErrorCode } from './systemError.ts'

/**
 * What a failed write means for a person. Every write to the data folder fails with the same
 * sentence for the same reason, whichever part of Penknife wrote.
 *
 * @returns AppError `disk-full`, `disk-failed` or `permission-denied`; any other error as it is.
 */
export function explainWrite(error: unknown): unknown {
  if (error instanceof AppError) return error
  if (isDiskFull(error)) return diskFull(error)
  if (systemErrorCode(error) === 'EROFS')
    return new AppError('permission-denied', readOnly, { cause: error })
  if (systemErrorCode(error) === 'EIO') return new AppError('disk-failed', broken, { cause: error })
  if (isForbidden(error)) return new AppError('permission-denied', forbidden, { cause: error })
  return error
}

/** Runs a write; its failure is explained as by `explainWrite`. */
export async function explainingWrites<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write()
  } catch (error) {
    throw explainWrite(error)
  }
}

/**
 * What it means for a person that the data folder could not be opened, whether it was read or written.
 *
 * @returns an AppError as `explainWrite` does; any other error as it is.
 */
export function explainOpening(error: unknown): unknown {
  const explained = explainWrite(error)
  if (!(explained instanceof AppError) || explained === error) return explained
  if (explained.message === broken) {
    return new AppError(explained.code, brokenAtStart, { cause: error })
  }
  if (explained.message === forbidden) {
    return new AppError(explained.code, forbiddenAtStart, { cause: error })
  }
  return explained
}

const brokenAtStart =
  'The disk failed while Penknife was opening its data folder. Check the disk and its cable, then start Penknife again.'
const forbiddenAtStart =
  'Penknife isn’t allowed to use its data folder or something in it. Change the permissions of the folder, then start Penknife again.'
const forbidden =
  'Penknife isn’t allowed to write to its data folder. Change the permissions of the folder, then try again.'
const readOnly =
  'The disk with Penknife’s data folder is read-only. Make it writable, then try again.'
const broken =
  'The disk failed while Penknife was writing to it. Check the disk and its cable, then try again.'
