import type { Transport } from '../../shared/rpc/transport.ts'

/**
 * A transport that can be closed from this end as well: a process that hangs within the system, in a
 * driver for instance, does not even end when it is killed, and whoever waits for it must be let go.
 */
export function closableTransport(inner: Transport): {
  readonly transport: Transport
  readonly close: () => void
} {
  const listeners = new Set<() => void>()
  let closed = false

  function close(): void {
    if (closed) return
    closed = true
    for (const listener of listeners) listener()
    listeners.clear()
  }
  inner.onClose(close)

  return {
    transport: {
      send(message) {
        if (!closed) inner.send(message)
      },
      onMessage: (listener) =>
        inner.onMessage((message) => {
          if (!closed) listener(message)
        }),
      onClose(listener) {
        if (closed) listener()
        else listeners.add(listener)
        return () => listeners.delete(listener)
      },
    },
    close,
  }
}
