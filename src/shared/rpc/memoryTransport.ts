import type { Transport } from './transport.ts'

export interface MemoryTransportPair {
  readonly left: Transport
  readonly right: Transport
  close(): void
}

/**
 * Two ends joined in memory. Messages are passed through JSON and arrive in a later microtask, so
 * that nothing works here that would not work over a socket.
 */
export function createMemoryTransportPair(): MemoryTransportPair {
  const listeners = [new Set<(message: unknown) => void>(), new Set<(message: unknown) => void>()]
  const closeListeners = new Set<() => void>()
  let closed = false

  function end(own: number, other: number): Transport {
    return {
      send(message) {
        if (closed) return
        const copy: unknown = JSON.parse(JSON.stringify(message))
        queueMicrotask(() => {
          if (!closed) for (const listener of listeners[other] ?? []) listener(copy)
        })
      },
      onMessage(listener) {
        listeners[own]?.add(listener)
        return () => listeners[own]?.delete(listener)
      },
      onClose(listener) {
        if (closed) listener()
        else closeListeners.add(listener)
        return () => closeListeners.delete(listener)
      },
    }
  }

  return {
    left: end(0, 1),
    right: end(1, 0),
    close() {
      closed = true
      for (const listener of closeListeners) listener()
      closeListeners.clear()
    },
  }
}
