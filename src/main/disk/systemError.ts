/** `ENOENT`, `ENOSPC` … of an error from the system, else undefined. */
export function systemErrorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
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
