import { createEmitter } from '../../../shared/emitter.ts'

/** Least time between two notifications of progress, in milliseconds. */
const tellEveryMs = 250

/** Notifies listeners of changes. */
export interface ChangeFeed<Value> {
  readonly on: (listener: (value: Value) => void) => () => void
  /** Notifies at once, for what a user waits for. */
  notifyNow(): void
  /** Notifies within `tellEveryMs`, for progress: several changes are sent as one. */
  notifySoon(): void
  /** Ends all notifications. */
  close(): void
}

export function createChangeFeed<Value>(current: () => Value): ChangeFeed<Value> {
  const listeners = createEmitter<Value>()
  let toldAt = -Infinity
  let closed = false
  let later: NodeJS.Timeout | undefined

  function notifyNow(): void {
    clearTimeout(later)
    later = undefined
    toldAt = performance.now()
    listeners.emit(current())
  }

  return {
    on: listeners.on,
    notifyNow,
    notifySoon() {
      if (closed || later !== undefined) return
      later = setTimeout(notifyNow, Math.max(0, toldAt + tellEveryMs - performance.now()))
      later.unref()
    },
    close() {
      closed = true
      listeners.clear()
      clearTimeout(later)
    },
  }
}
