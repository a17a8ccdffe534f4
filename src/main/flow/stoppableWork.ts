import { throwIfAborted } from '../../shared/errors.ts'

/** Work that is stopped, and waited for, when its owner is disposed. */
export interface StoppableWork {
  /**
   * Starts a piece of work. Its signal is aborted when `signal` is, and when all work is stopped.
   *
   * @throws AppError `cancelled` if all work was stopped before.
   */
  run<T>(work: (signal: AbortSignal) => Promise<T>, signal: AbortSignal): Promise<T>
  isStopped(): boolean
  /** Aborts all work for good; resolves when it has ended. */
  stop(): Promise<void>
}

export function createStoppableWork(): StoppableWork {
  const all = new AbortController()
  const running = new Set<Promise<unknown>>()

  return {
    async run(work, signal) {
      throwIfAborted(all.signal)
      const result = work(AbortSignal.any([signal, all.signal]))
      running.add(result)
      try {
        return await result
      } finally {
        running.delete(result)
      }
    },
    isStopped: () => all.signal.aborted,
    async stop() {
      all.abort()
      await Promise.allSettled(running)
    },
  }
}
