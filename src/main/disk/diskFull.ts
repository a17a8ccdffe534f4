import { AppError } from '../../shared/errors.ts'
import { systemErrorCode } from './systemError.ts'

/**
 * Whether a write failed because the disk is full. Native libraries wrap the system's error in
 * their own text, so the text is checked as well.
 */
export function isDiskFull(error: unknown): boolean {
  if (error instanceof AppError) return error.code === 'disk-full'
  const code = systemErrorCode(error)
  if (code === 'ENOSPC' || code === 'EDQUOT') return true
  if (!(error instanceof Error)) return false
  if (/no space left on device|not enough space on the disk/i.test(error.message)) {
    return true
  }
  return error.cause !== undefined && isDiskFull(error.cause)
}

/** The sentence for a full disk, regardless of what was being written. */
export function diskFull(cause: unknown): AppError {
  return new AppError('disk-full', 'The disk is full. Free up some space, then try again.', {
    cause,
  })
}
