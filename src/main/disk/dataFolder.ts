import { access, constants, mkdir } from 'node:fs/promises'
import { AppError, type ErrorCode } from '../../shared/errors.ts'
import { isDiskFull } from './diskFull.ts'
import { systemErrorCode } from './systemError.ts'

/**
 * Makes the folder that holds everything, if it is not there yet.
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
    const message = `Penknife cannot keep its data in ${folder}: ${problem}`
    throw new AppError(code, message, { cause: error })
  }
}

function problemOf(error: unknown): readonly [ErrorCode, string] {
  if (isDiskFull(error)) return ['disk-full', 'the disk is full. Free some space and start again.']
  const other = 'Choose another folder, on the command line with --data-dir.'
  const code = systemErrorCode(error)
  if (code === 'EEXIST' || code === 'ENOTDIR') {
    return ['invalid-input', `there is a file where a folder is needed. ${other}`]
  }
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return ['permission-denied', `writing there is not allowed. ${other}`]
  }
  return ['invalid-input', `it could not be made. ${other}`]
}
