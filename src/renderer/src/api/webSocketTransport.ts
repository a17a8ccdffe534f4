import type { Transport } from '../../../shared/rpc/transport.ts'

export interface SocketTransport extends Transport {
  /** Resolves once the socket is open; rejects if it closes before. */
  readonly opened: Promise<void>
}

/** A wire over a WebSocket, one JSON text a message. What is sent before it is open waits. */
export function createWebSocketTransport(url: string): SocketTransport {
  const socket = new WebSocket(url)
  const waiting: string[] = []
  const listeners = new Set<(message: unknown) => void>()
  const closeListeners = new Set<() => void>()
  let closed = false

  const opened = new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => {
      for (const text of waiting.splice(0)) socket.send(text)
      resolve()
    })
    socket.addEventListener('close', () => {
      closed = true
      reject(new Error('The socket closed.'))
      for (const listener of closeListeners) listener()
      closeListeners.clear()
    })
  })
  socket.addEventListener('message', (event: MessageEvent<unknown>) => {
    if (typeof event.data !== 'string') return
    const message = parse(event.data)
    if (message !== undefined) for (const listener of listeners) listener(message)
  })

  return {
    opened,
    send(message) {
      if (closed) return
      const text = JSON.stringify(message)
      if (socket.readyState === WebSocket.OPEN) socket.send(text)
      else waiting.push(text)
    },
    onMessage(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    onClose(listener) {
      if (closed) listener()
      else closeListeners.add(listener)
      return () => closeListeners.delete(listener)
    },
  }
}

/** A text that is not JSON is none of ours and is left out. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
