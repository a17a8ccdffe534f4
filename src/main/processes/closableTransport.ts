import { createLatch } from '../../shared/latch.ts'
import type { Transport } from '../../shared/rpc/transport.ts'

/**
 * A transport that can also be closed from this end. A process that hangs in a system call, for
 * instance in a driver, doesn't even end when killed; closing rejects the calls that wait for it.
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
