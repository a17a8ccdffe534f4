import { AppError } from '../../shared/errors.ts'
import { systemErrorCode } from './systemError.ts'

/**
 * For the `catch` of reading a file of the data folder. Whatever made a folder of that name, what is
 * in it may be wanted.
 *
 * @throws AppError `invalid-input` where there is a folder; any other error as it is.
 */
export function folderInPlace(file: string): (error: unknown) => never {
  return (error) => {
    if (systemErrorCode(error) !== 'EISDIR') throw error
    throw new AppError(
      'disk-failed',
      `There is a folder where Penknife keeps a file: ${file}. Move the folder elsewhere, then try again.`,
      { cause: error },
    )
  }
}

/**
 * For the `catch` of making a folder of the data folder.
 *
 * @throws AppError `invalid-input` where there is a file; any other error as it is.
 */
export function fileInPlace(folder: string): (error: unknown) => never {
  return (error) => {
    const code = systemErrorCode(error)
    if (code !== 'EEXIST' && code !== 'ENOTDIR') throw error
    throw new AppError(
      'disk-failed',
      `There is a file where Penknife needs a folder: ${folder}. Move the file elsewhere, then try again.`,
      { cause: error },
    )
  }
}
