export interface Feed<Payload> {
  readonly listen: (listener: (payload: Payload) => void) => () => void
  readonly emit: (payload: Payload) => void
}

/** An event of a made-up core. */
export function createFeed<Payload>(): Feed<Payload> {
  const listeners = new Set<(payload: Payload) => void>()
  return {
    listen(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    emit(payload) {
      for (const listener of listeners) listener(payload)
    },
  }
}
