import type { WebSocket } from 'ws'
import { createEmitter } from '../../shared/emitter.ts'
import type { Transport } from '../../shared/rpc/transport.ts'

/** Times in milliseconds. */
export interface WireLimits {
  /** Unsent bytes above which a connection to a client that doesn't read is closed. */
  readonly maxBufferedBytes: number
  /** How often the other end has to answer. */
  readonly heartbeatMs: number
  /** How long the other end may take to close its half. */
  readonly lingerMs: number
}

export const defaultWireLimits: WireLimits = {
  maxBufferedBytes: 64 * 1024 ** 2,
  heartbeatMs: 30_000,
  lingerMs: 2_000,
}

/** WebSocket close codes (RFC 6455, section 7.4.1). */
const invalidPayload = 1007
const policyViolation = 1008

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
export function createWebSocketTransport(
  socket: Socket,
  limits: Pick<WireLimits, 'maxBufferedBytes' | 'lingerMs'> = defaultWireLimits,
): Transport {
  const messages = createEmitter<unknown>()
  socket.on('message', (data, isBinary) => {
    let message: unknown
    try {
      if (isBinary) throw new TypeError('binary frame')
      message = JSON.parse((data as Buffer).toString('utf8'))
    } catch {
      // Not one of our pages: it doesn't speak this protocol.
      socket.close(invalidPayload, 'Only messages of the Penknife window are understood.')
      return
    }
    messages.emit(message)
  })
  return {
    send(message) {
      if (socket.readyState !== socket.OPEN) return
      if (socket.bufferedAmount > limits.maxBufferedBytes) {
        closeFor('Too much was sent that the window has not read.', socket, limits)
      } else socket.send(JSON.stringify(message))
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
export function watchHeartbeat(
  socket: WebSocket,
  { heartbeatMs, lingerMs }: Pick<WireLimits, 'heartbeatMs' | 'lingerMs'>,
): () => void {
  let alive = true
  const timer = setInterval(() => {
    if (!alive) {
      stop()
      closeFor('The window no longer answers.', socket, { lingerMs })
      return
    }
    alive = false
    socket.ping()
  }, heartbeatMs)
  socket.on('pong', () => {
    alive = true
  })
  const stop = (): void => clearInterval(timer)
  socket.once('close', stop)
  return stop
}

/** Closes a connection with a reason, and ends it if the other end does not close its half. */
function closeFor(
  reason: string,
  socket: Pick<Socket, 'close' | 'terminate' | 'once'>,
  { lingerMs }: Pick<WireLimits, 'lingerMs'>,
): void {
  socket.close(policyViolation, reason)
  const timer = setTimeout(() => socket.terminate(), lingerMs).unref()
  socket.once('close', () => clearTimeout(timer))
}
