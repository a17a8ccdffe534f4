import { AppError } from '../../../../shared/errors.ts'

/** The error's message if it is written for users, else `fallback`. */
export function sentenceOf(error: unknown, fallback: string): string {
  return error instanceof AppError ? error.message : fallback
}
