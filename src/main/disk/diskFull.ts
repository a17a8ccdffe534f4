import { AppError } from '../../shared/errors.ts'
import { systemErrorCode } from './systemError.ts'

/**
 * Whether a write failed for want of room. Native libraries wrap the system's error in a text of
 * their own, so the text is looked at as well.
 */
export function isDiskFull(error: unknown): boolean {
  if (error instanceof AppError) return error.code === 'disk-full'
  const code = systemErrorCode(error)
  if (code === 'ENOSPC' || code === 'EDQUOT') return true
  if (!(error instanceof Error)) return false
  if (/no space left on device|os error 28\b|not enough space on the disk/i.test(error.message)) {
    return true
  }
  return error.cause !== undefined && isDiskFull(error.cause)
}

const untilResumed = 'The disk is full. Make room on it, then resume the import.'

/** @param sentence what to do, where nothing goes on by itself. */
export function diskFull(cause: unknown, sentence: string = untilResumed): AppError {
  return new AppError('disk-full', sentence, { cause })
}
