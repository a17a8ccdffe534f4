import type { WebSocket } from 'ws'
import { createEmitter } from '../../shared/emitter.ts'
import type { Transport } from '../../shared/rpc/transport.ts'

/** Unsent bytes above which a connection to a client that doesn't read is closed. */
const maxBufferedBytes = 64 * 1024 * 1024
/** WebSocket close code for a payload that isn't text (RFC 6455, section 7.4.1). */
const invalidPayload = 1007

/** The part of a WebSocket that a wire needs. */
type Socket = Pick<
  WebSocket,
  | 'on'
  | 'once'
  | 'off'
  | 'send'
  | 'close'
  | 'terminate'
  | 'bufferedAmount'
  | 'readyState'
  | 'OPEN'
  | 'CLOSED'
>

/** A wire over one WebSocket: each message is one text frame of JSON. */
export function createWebSocketTransport(socket: Socket): Transport {
  const messages = createEmitter<unknown>()
  socket.on('message', (data, isBinary) => {
    let message: unknown
    try {
      if (isBinary) throw new TypeError('binary frame')
      message = JSON.parse((data as Buffer).toString('utf8'))
    } catch {
      // Not one of our pages: it doesn't speak this protocol.
      socket.close(invalidPayload)
      return
    }
    messages.emit(message)
  })
  return {
    send(message) {
      if (socket.readyState !== socket.OPEN) return
      if (socket.bufferedAmount > maxBufferedBytes) socket.terminate()
      else socket.send(JSON.stringify(message))
    },
    onMessage: messages.on,
    onClose(listener) {
      if (socket.readyState === socket.CLOSED) listener()
      else socket.once('close', listener)
      return () => socket.off('close', listener)
    },
  }
}

/**
 * Closes connections whose other end no longer answers (a laptop went to sleep, a browser was
 * killed), so that their calls are aborted.
 *
 * @returns a function that stops watching.
 */
export function watchHeartbeat(socket: WebSocket, intervalMs: number): () => void {
  let alive = true
  const timer = setInterval(() => {
    if (!alive) {
      socket.terminate()
      return
    }
    alive = false
    socket.ping()
  }, intervalMs)
  socket.on('pong', () => {
    alive = true
  })
  const stop = (): void => clearInterval(timer)
  socket.once('close', stop)
  return stop
}
