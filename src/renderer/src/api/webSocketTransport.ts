import { createEmitter } from '../../../shared/emitter.ts'
import { createLatch } from '../../../shared/latch.ts'
import type { Transport } from '../../../shared/rpc/transport.ts'

export interface SocketTransport extends Transport {
  /** Resolves once the socket is open; rejects if it closes first. */
  readonly opened: Promise<void>
}

/**
 * A transport over a WebSocket, one JSON text per message. Messages sent before it is open are
 * queued.
 */
export function createWebSocketTransport(url: string): SocketTransport {
  const socket = new WebSocket(url)
  const waiting: string[] = []
  const messages = createEmitter<unknown>()
  const closed = createLatch()

  const opened = new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => {
      for (const text of waiting.splice(0)) socket.send(text)
      resolve()
    })
    socket.addEventListener('close', () => {
      reject(new Error('The socket closed.'))
      closed.release()
    })
  })
  socket.addEventListener('message', (event: MessageEvent<unknown>) => {
    if (typeof event.data !== 'string') return
    const message = parse(event.data)
    if (message !== undefined) messages.emit(message)
  })

  return {
    opened,
    send(message) {
      if (closed.isReleased()) return
      const text = JSON.stringify(message)
      if (socket.readyState === WebSocket.OPEN) socket.send(text)
      else waiting.push(text)
    },
    onMessage: messages.on,
    onClose: closed.on,
  }
}

/** Text that isn't JSON is ignored. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
