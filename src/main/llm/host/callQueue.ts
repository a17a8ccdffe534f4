import { cancelled, throwIfAborted } from '../../../shared/errors.ts'

export type Release = () => void

/** Runs one call at a time; the others wait in order. */
export interface CallQueue {
  /**
   * Waits for its turn, and aborts speculative work.
   *
   * @throws AppError `cancelled` if the signal is aborted before the turn comes.
   */
  enter(signal: AbortSignal): Promise<Release>
  /**
   * The same for speculative work, such as warming up the KV cache.
   *
   * @returns `release`, and a signal that is aborted as soon as another call wants the model.
   */
  enterAhead(signal: AbortSignal): Promise<{ release: Release; signal: AbortSignal }>
}

export function createCallQueue(): CallQueue {
  const waiting: (() => void)[] = []
  const ahead = new Set<AbortController>()
  let busy = false

  function turn(signal: AbortSignal): Promise<Release> {
    throwIfAborted(signal)
    if (!busy) {
      busy = true
      return Promise.resolve(once(leave))
    }
    return new Promise((resolve, reject) => {
      const go = (): void => {
        signal.removeEventListener('abort', giveUp)
        resolve(once(leave))
      }
      const giveUp = (): void => {
        waiting.splice(waiting.indexOf(go), 1)
        reject(cancelled())
      }
      waiting.push(go)
      signal.addEventListener('abort', giveUp, { once: true })
    })
  }

  function leave(): void {
    const next = waiting.shift()
    if (next === undefined) busy = false
    else next()
  }

  return {
    async enter(signal) {
      for (const controller of ahead) controller.abort()
      return turn(signal)
    },
    async enterAhead(signal) {
      for (const controller of ahead) controller.abort()
      const controller = new AbortController()
      ahead.add(controller)
      const either = AbortSignal.any([signal, controller.signal])
      try {
        const release = await turn(either)
        return {
          signal: either,
          release: () => {
            ahead.delete(controller)
            release()
          },
        }
      } catch (error) {
        ahead.delete(controller)
        throw error
      }
    },
  }
}

function once(release: Release): Release {
  let released = false
  return () => {
    if (released) return
    released = true
    release()
  }
}
