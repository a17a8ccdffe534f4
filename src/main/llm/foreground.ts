import { throwIfAborted } from '../../shared/errors.ts'
import type { Llm } from './llm.ts'

/** Gives calls that a user waits for priority over background work. */
export interface Foreground {
  /** The same model; background work waits while a call through it is running. */
  readonly llm: Llm
  /** Makes background work wait until the returned function is called. */
  pauseBackground(): () => void
  /** Makes background work wait until the items have ended. */
  holding<Item>(items: () => AsyncIterable<Item>): AsyncGenerator<Item>
  /**
   * Resolves when no foreground call is running or held.
   *
   * @throws AppError `cancelled`.
   */
  idle(signal: AbortSignal): Promise<void>
}

export function createForeground(llm: Llm): Foreground {
  let held = 0
  const waiting = new Set<() => void>()

  function pauseBackground(): () => void {
    let released = false
    held += 1
    return () => {
      if (released) return
      released = true
      held -= 1
      if (held > 0) return
      for (const go of waiting) go()
    }
  }

  async function* holding<Item>(items: () => AsyncIterable<Item>): AsyncGenerator<Item> {
    const release = pauseBackground()
    try {
      yield* items()
    } finally {
      release()
    }
  }

  return {
    llm: {
      ...llm,
      generate: (...call) => holding(() => llm.generate(...call)),
      choose: (...call) => holding(() => llm.choose(...call)),
    },
    pauseBackground,
    holding,
    async idle(signal) {
      while (held > 0) {
        throwIfAborted(signal)
        await new Promise<void>((resolve) => {
          const go = (): void => {
            waiting.delete(go)
            signal.removeEventListener('abort', go)
            resolve()
          }
          waiting.add(go)
          signal.addEventListener('abort', go, { once: true })
        })
      }
      throwIfAborted(signal)
    },
  }
}
