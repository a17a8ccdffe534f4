import { cancelled } from '../../shared/errors.ts'

/**
 * Waits for work that cannot be stopped, until the signal is aborted.
 *
 * @throws AppError `cancelled` as soon as the signal is aborted; the work continues and its result
 * is ignored.
 */
export function rejectOnAbort<T>(result: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(cancelled())
    if (signal.aborted) abort()
    signal.addEventListener('abort', abort, { once: true })
    result.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
  })
}
