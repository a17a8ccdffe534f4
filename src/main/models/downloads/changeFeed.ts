import { createEmitter } from '../../../shared/emitter.ts'

/** Progress is told no more often than anybody can read it. */
const tellEveryMs = 250

/** Tells listeners what has changed. */
export interface ChangeFeed<Value> {
  readonly on: (listener: (value: Value) => void) => () => void
  /** For what a person waits for. */
  tellNow(): void
  /** For progress: several changes are told once. */
  tellSoon(): void
  /** Tells nothing more. */
  close(): void
}

export function createChangeFeed<Value>(current: () => Value): ChangeFeed<Value> {
  const listeners = createEmitter<Value>()
  let toldAt = 0
  let closed = false
  let later: NodeJS.Timeout | undefined

  function tellNow(): void {
    clearTimeout(later)
    later = undefined
    toldAt = Date.now()
    listeners.emit(current())
  }

  return {
    on: listeners.on,
    tellNow,
    tellSoon() {
      if (closed || later !== undefined) return
      later = setTimeout(tellNow, Math.max(0, toldAt + tellEveryMs - Date.now()))
      later.unref()
    },
    close() {
      closed = true
      listeners.clear()
      clearTimeout(later)
    },
  }
}
