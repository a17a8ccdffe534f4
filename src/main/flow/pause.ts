/** Holds work back until it is to continue. */
export interface Pause {
  isOn(): boolean
  begin(): void
  /** Ends the pause, and resolves what waits for that. */
  end(): void
  /** Resolves at once, or when the pause ends or the signal is aborted. */
  over(signal: AbortSignal): Promise<void>
}

export function createPause(): Pause {
  const waiting = new Set<() => void>()
  let on = false
  return {
    isOn: () => on,
    begin() {
      on = true
    },
    end() {
      on = false
      for (const resolve of waiting) resolve()
    },
    over(signal) {
      if (!on || signal.aborted) return Promise.resolve()
      return new Promise((resolve) => {
        const done = (): void => {
          waiting.delete(done)
          signal.removeEventListener('abort', done)
          resolve()
        }
        waiting.add(done)
        signal.addEventListener('abort', done)
      })
    },
  }
}
