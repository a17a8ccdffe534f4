import { STATUS_CODES, type IncomingMessage, type Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import type { Contract, Handlers } from '../../shared/rpc/contract.ts'
import { serve } from '../../shared/rpc/server.ts'
import type { Access } from './access.ts'
import { createWebSocketTransport, watchHeartbeat, type WireLimits } from './webSocketTransport.ts'

export interface RpcLimits extends WireLimits {
  readonly maxMessageBytes: number
}

interface RpcEndpoint<C extends Contract> {
  readonly server: Server
  readonly access: Access
  readonly contract: C
  readonly handlers: Handlers<C>
  readonly limits: RpcLimits
  readonly onUnexpectedError?: (where: string, error: unknown) => void
}

/** Windows that may be open at once. */
const maxConnections = 64
/** WebSocket close code of a server that shuts down (RFC 6455, section 7.4.1). */
const goingAway = 1001

/** Answers the contract's calls at `/rpc`, one wire for each window. */
export function serveRpc<C extends Contract>(endpoint: RpcEndpoint<C>): { close(): void } {
  const { server, access, contract, handlers, limits, onUnexpectedError } = endpoint
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: limits.maxMessageBytes,
    perMessageDeflate: false,
  })
  sockets.on('connection', (socket) => {
    // A frame that violates the protocol: `ws` closes the connection by itself.
    socket.on('error', () => undefined)
    watchHeartbeat(socket, limits)
    const transport = createWebSocketTransport(socket, limits)
    serve(
      contract,
      handlers,
      transport,
      onUnexpectedError === undefined ? {} : { onUnexpectedError },
    )
  })

  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    // The other end may disconnect before the refusal is sent.
    socket.on('error', () => undefined)
    const known = request.method === 'GET' && request.url?.split('?')[0] === '/rpc'
    if (!known) reject(socket, 404, limits.lingerMs)
    else if (!access.admit(request, { originRequired: true }).admitted)
      reject(socket, 403, limits.lingerMs)
    else if (sockets.clients.size >= maxConnections) reject(socket, 503, limits.lingerMs)
    else {
      sockets.handleUpgrade(request, socket, head, (open) =>
        sockets.emit('connection', open, request),
      )
    }
  })

  return {
    close() {
      for (const socket of sockets.clients) {
        socket.close(goingAway)
        socket.terminate()
      }
      sockets.close()
    },
  }
}

/** @param lingerMs how long the other end may take to close its half, in milliseconds. */
function reject(socket: Duplex, status: number, lingerMs: number): void {
  socket.end(
    `HTTP/1.1 ${String(status)} ${STATUS_CODES[status] ?? ''}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
  )
  socket.resume()
  const timer = setTimeout(() => socket.destroy(), lingerMs).unref()
  socket.once('close', () => clearTimeout(timer))
}
