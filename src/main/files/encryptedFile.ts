import { AppError } from '../../shared/errors.ts'

/** The error of a file that only opens with a password. */
export function encryptedFile(cause?: unknown): AppError {
  return new AppError(
    'document-encrypted',
    'This file is locked with a password. Save a copy without the password and add that.',
    { cause },
  )
}
