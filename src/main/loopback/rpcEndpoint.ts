import { STATUS_CODES, type IncomingMessage, type Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import type { Contract, Handlers } from '../../shared/rpc/contract.ts'
import { serve } from '../../shared/rpc/server.ts'
import type { Access } from './access.ts'
import { createWebSocketTransport, watchHeartbeat } from './webSocketTransport.ts'

interface RpcEndpoint<C extends Contract> {
  readonly server: Server
  readonly access: Access
  readonly contract: C
  readonly handlers: Handlers<C>
  readonly limits: { readonly maxMessageBytes: number; readonly heartbeatMs: number }
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
    watchHeartbeat(socket, limits.heartbeatMs)
    const transport = createWebSocketTransport(socket)
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
    if (!known) reject(socket, 404)
    else if (!access.admit(request, { originRequired: true }).admitted) reject(socket, 403)
    else if (sockets.clients.size >= maxConnections) reject(socket, 503)
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

function reject(socket: Duplex, status: number): void {
  socket.end(
    `HTTP/1.1 ${String(status)} ${STATUS_CODES[status] ?? ''}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
  )
}
