import { stat } from 'node:fs/promises'
import { AppError } from '../../shared/errors.ts'

/**
 * The size of a model's file.
 *
 * @returns bytes.
 * @throws AppError `model-missing`, `model-load-failed` for a folder.
 */
export async function modelFileSize(file: string): Promise<number> {
  const stats = await stat(file).catch((error: unknown) => {
    throw modelFileMissing(file, error)
  })
  if (stats.isFile()) return stats.size
  throw new AppError('model-load-failed', `${file} is a folder, not a model file. Choose a file.`)
}

export function modelFileMissing(file: string, cause: unknown): AppError {
  return new AppError(
    'model-missing',
    `The model file ${file} cannot be opened. Was it moved or deleted? Choose it again.`,
    { cause },
  )
}
