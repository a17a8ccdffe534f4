import type { WebSocket } from 'ws'
import { createEmitter } from '../../shared/emitter.ts'
import type { Transport } from '../../shared/rpc/transport.ts'

/** Bytes that may wait for a reader that does not read, before it is given up. */
const maxBufferedBytes = 64 * 1024 * 1024
/** WebSocket close code for a payload that is not what was agreed (RFC 6455, section 7.4.1). */
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
      // Not one of our pages: nothing sensible can follow.
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
 * Ends connections whose other end has vanished without a word (a laptop that slept, a browser
 * that was killed), so that their calls do not run on.
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
