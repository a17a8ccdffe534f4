import { AppError } from '../../../../shared/errors.ts'

/** The error's own sentence if it has one that is meant for people. */
export function sentenceOf(error: unknown, fallback: string): string {
  return error instanceof AppError ? error.message : fallback
}
