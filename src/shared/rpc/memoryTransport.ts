import { createEmitter, type Emitter } from '../emitter.ts'
import { createLatch } from '../latch.ts'
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
  const toLeft = createEmitter<unknown>()
  const toRight = createEmitter<unknown>()
  const closed = createLatch()

  function end(own: Emitter<unknown>, other: Emitter<unknown>): Transport {
    return {
      send(message) {
        if (closed.isReleased()) return
        const copy: unknown = JSON.parse(JSON.stringify(message))
        queueMicrotask(() => {
          if (!closed.isReleased()) other.emit(copy)
        })
      },
      onMessage: own.on,
      onClose: closed.on,
    }
  }

  return {
    left: end(toLeft, toRight),
    right: end(toRight, toLeft),
    close: () => closed.release(),
  }
}
