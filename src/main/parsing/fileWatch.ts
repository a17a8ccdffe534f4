import type { AppError } from '../../shared/errors.ts'
import { cancelled } from '../../shared/errors.ts'
import type { ParserPatience } from './parserPatience.ts'

export interface FileWatch {
  /** To be called whenever there is progress. */
  readonly alive: () => void
  /** Why the file was given up, if it was. */
  givenUp(): AppError | undefined
  end(): void
}

/**
 * Gives a file up when it is cancelled or takes too long.
 *
 * @param kill ends the process that reads it.
 * @param tooSlow the error of a file that takes too long.
 */
export function watchFile(
  { stallMs, totalMs }: ParserPatience,
  kill: () => void,
  tooSlow: () => AppError,
  signal: AbortSignal | undefined,
): FileWatch {
  let givenUp: AppError | undefined
  const giveUp = (why: AppError): void => {
    givenUp ??= why
    kill()
  }
  const onAbort = (): void => giveUp(cancelled())
  const onTimeout = (): void => giveUp(tooSlow())
  signal?.addEventListener('abort', onAbort)
  const total = setTimeout(onTimeout, totalMs)
  let stall = setTimeout(onTimeout, stallMs)
  return {
    alive() {
      clearTimeout(stall)
      stall = setTimeout(onTimeout, stallMs)
    },
    givenUp: () => givenUp,
    end() {
      clearTimeout(stall)
      clearTimeout(total)
      signal?.removeEventListener('abort', onAbort)
    },
  }
}
