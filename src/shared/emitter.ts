/** Calls all listeners, in the order in which they were added. */
export interface Emitter<T> {
  /** @returns ends the listening. */
  readonly on: (listener: (value: T) => void) => () => void
  readonly emit: (value: T) => void
  readonly hasListeners: () => boolean
  /** Removes all listeners. */
  readonly clear: () => void
}

export function createEmitter<T = void>(): Emitter<T> {
  const listeners = new Set<(value: T) => void>()
  return {
    on(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    emit(value) {
      for (const listener of listeners) listener(value)
    },
    hasListeners: () => listeners.size > 0,
    clear: () => listeners.clear(),
  }
}
