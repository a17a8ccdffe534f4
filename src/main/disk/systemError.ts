import { getSystemErrorMap } from 'node:util'

/** `ENOENT`, `ENOSPC` … of an error from the system, else undefined. */
export function systemErrorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined
  if (error.code === nativeFailure) return codeInMessage(error.message, process.platform)
  return typeof error.code === 'string' ? error.code : undefined
}

/** The code of every error of a native library in Rust: what the system said is in its message. */
const nativeFailure = 'GenericFailure'
/** As Rust writes an error for people, and for developers. */
const rustErrors = /\(os error (\d+)\)|\bOs \{ code: (\d+),/u
/** Errors of Windows in Node's names. */
const windowsErrors = new Map([
  [2, 'ENOENT'],
  [3, 'ENOENT'],
  [4, 'EMFILE'],
  [5, 'EACCES'],
  [8, 'ENOMEM'],
  [19, 'EROFS'],
  [23, 'EIO'],
  [32, 'EBUSY'],
  [33, 'EBUSY'],
  [39, 'ENOSPC'],
  [112, 'ENOSPC'],
  [1117, 'EIO'],
])

/** @returns Node's name of the first error of the system in the message of a native library. */
export function codeInMessage(message: string, platform: NodeJS.Platform): string | undefined {
  const [, shown, debugged] = rustErrors.exec(message) ?? []
  const number = shown ?? debugged
  if (number === undefined) return undefined
  if (platform === 'win32') return windowsErrors.get(Number(number))
  return getSystemErrorMap().get(-Number(number))?.[0]
}

/** What the system may do another time: nothing on the disk need be wrong. */
const refusals = new Set(
  'EACCES EPERM EROFS EIO ENOSPC EDQUOT EMFILE ENFILE ENOMEM EBUSY EAGAIN ETIMEDOUT ESTALE'.split(
    ' ',
  ),
)

/** Whether the system or the disk refused, which says nothing about what a file contains. */
export function isRefusal(error: unknown): boolean {
  return refusals.has(systemErrorCode(error) ?? '')
}

/** Whether the system refuses because of permissions. */
export function isForbidden(error: unknown): boolean {
  const code = systemErrorCode(error)
  return code === 'EACCES' || code === 'EPERM'
}

/**
 * For the `catch` of a promise: the value to continue with where there is no such file or folder.
 * Any other error is thrown again.
 */
export function whenMissing<T>(instead: T): (error: unknown) => T {
  return (error) => {
    if (systemErrorCode(error) !== 'ENOENT') throw error
    return instead
  }
}
