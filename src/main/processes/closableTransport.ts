import { createLatch } from '../../shared/latch.ts'
import type { Transport } from '../../shared/rpc/transport.ts'

/**
 * A transport that can be closed from this end as well: a process that hangs within the system, in a
 * driver for instance, does not even end when it is killed, and whoever waits for it must be let go.
 */
export function closableTransport(inner: Transport): {
  readonly transport: Transport
  readonly close: () => void
} {
  const closed = createLatch()
  inner.onClose(closed.release)

  return {
    transport: {
      send(message) {
        if (!closed.isReleased()) inner.send(message)
      },
      onMessage: (listener) =>
        inner.onMessage((message) => {
          if (!closed.isReleased()) listener(message)
        }),
      onClose: closed.on,
    },
    close: closed.release,
  }
}
