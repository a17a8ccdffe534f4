import { access, constants, mkdir } from 'node:fs/promises'
import { AppError, type ErrorCode } from '../../shared/errors.ts'
import { diskFull, isDiskFull } from './diskFull.ts'
import { isForbidden, systemErrorCode } from './systemError.ts'

/**
 * Makes the data folder, if it is not there yet.
 *
 * @throws AppError `invalid-input`, `permission-denied` or `disk-full` if it cannot be made or
 * written to.
 */
export async function makeDataFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true })
    await access(folder, constants.R_OK | constants.W_OK)
  } catch (error) {
    const [code, problem] = problemOf(error)
    const message = `Penknife can’t keep its data in ${folder}. ${problem}`
    throw new AppError(code, message, { cause: error })
  }
}

function problemOf(error: unknown): readonly [ErrorCode, string] {
  if (isDiskFull(error)) return ['disk-full', diskFull(error).message]
  const other = 'Choose another folder with --data-dir.'
  const code = systemErrorCode(error)
  if (code === 'EEXIST' || code === 'ENOTDIR') {
    return ['invalid-input', `There is a file where a folder is needed. ${other}`]
  }
  if (isForbidden(error) || code === 'EROFS') {
    return ['permission-denied', `Penknife isn’t allowed to write there. ${other}`]
  }
  return ['invalid-input', `The folder couldn’t be made. ${other}`]
}
