import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { AppError, toWire } from '../../shared/errors.ts'
import type { Contract, Handlers } from '../../shared/rpc/contract.ts'
import { securityHeaders } from '../shell/contentSecurity.ts'
import { createStaticFiles } from '../shell/staticFiles.ts'
import { createAccess, createToken } from './access.ts'
import { discardRest, receiveUpload, type UploadLimits, type Uploads } from './receiveUpload.ts'
import { serveRpc, type RpcLimits } from './rpcEndpoint.ts'
import { sendOriginal, sendPage } from './sendFile.ts'
import { defaultWireLimits } from './webSocketTransport.ts'

export interface LoopbackOptions<C extends Contract> {
  /** Folder of the built window. */
  readonly rendererDir: string
  readonly contract: C
  readonly handlers: Handlers<C>
  /** Path of a document's original by its id, or null. */
  readonly originalFile: (id: string) => string | null
  readonly uploads: Uploads
  /** 0 or undefined: any free port. */
  readonly port?: number
  /** undefined: a new one. */
  readonly token?: string
  readonly limits?: Partial<LoopbackLimits>
  readonly onUnexpectedError?: (where: string, error: unknown) => void
}

/** What a client may take. Times in milliseconds. */
export interface LoopbackLimits extends UploadLimits, RpcLimits {
  /** Time for the head of a request. */
  readonly headMs: number
  /** How often those times are checked. */
  readonly checkMs: number
  /** Time without a byte in either direction, as of a download that nobody reads. */
  readonly stillMs: number
  /** Connections at once; further ones are closed. */
  readonly maxConnections: number
}

export interface LoopbackServer {
  /** The address that opens the window, launch token included. */
  readonly url: string
  readonly port: number
  /** The same with a code that works once, for command lines, which other users can list. */
  singleUseUrl(): string
  close(): Promise<void>
}

const defaultLimits: LoopbackLimits = {
  maxBytes: 2 * 1024 ** 3,
  idleMs: 30_000,
  ...defaultWireLimits,
  maxMessageBytes: 112 * 1024 ** 2,
  headMs: 10_000,
  checkMs: 5_000,
  stillMs: 120_000,
  maxConnections: 512,
}

/**
 * Serves the window and the core on 127.0.0.1, to clients with the launch token: the page's own
 * files, `/rpc` (WebSocket), `POST /upload` and `/files/ID`.
 *
 * @throws AppError `invalid-input` when the port is taken or may not be used.
 */
export async function startLoopbackServer<C extends Contract>(
  options: LoopbackOptions<C>,
): Promise<LoopbackServer> {
  const limits = { ...defaultLimits, ...options.limits }
  const findStatic = createStaticFiles(options.rendererDir)
  const server = createServer({
    headersTimeout: limits.headMs,
    // An upload may take any time; `receiveUpload` aborts one that stops arriving.
    requestTimeout: 0,
    connectionsCheckingInterval: limits.checkMs,
  })
  server.maxConnections = limits.maxConnections
  server.setTimeout(limits.stillMs)
  await listen(server, options.port ?? 0)
  const { port } = server.address() as AddressInfo
  const token = options.token ?? createToken()
  const access = createAccess(port, token)

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const method = request.method ?? 'GET'
    const pathname = request.url?.split('?')[0] ?? '/'
    for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value)
    const reading = method === 'GET' || method === 'HEAD'
    const admission = access.admit(request, { originRequired: !reading })
    if (!admission.admitted) {
      refuse(response, 403, admission.reason)
      return
    }
    if (admission.setCookie !== null) response.setHeader('Set-Cookie', admission.setCookie)
    const isUpload = method === 'POST' && pathname === '/upload'
    // Nothing else reads a body: what comes of one after the answer is not waited for.
    if (!isUpload && hasBody(request)) response.setHeader('Connection', 'close')
    if (isUpload) {
      await answerUpload(request, response, options.uploads, limits)
      return
    }
    const original = reading ? originalOf(pathname, options.originalFile) : undefined
    const page = reading ? findStatic(pathname) : undefined
    if (original !== undefined) await sendOriginal(request, response, original)
    else if (page !== undefined) await sendPage(request, response, page)
    else refuse(response, 404, 'There is nothing at this address.')
  }

  server.on('request', (request, response) => {
    answer(request, response).catch((error: unknown) => {
      options.onUnexpectedError?.('loopback', error)
      if (response.headersSent) response.destroy()
      else refuse(response, 500, toWire(error).message)
    })
  })
  const rpc = serveRpc({ ...options, server, access, limits })
  const base = `http://127.0.0.1:${String(port)}/`
  return {
    url: `${base}?token=${token}`,
    port,
    singleUseUrl: () => `${base}?once=${access.singleUseCode()}`,
    async close() {
      rpc.close()
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeAllConnections()
      await closed
    },
  }
}

async function answerUpload(
  request: IncomingMessage,
  response: ServerResponse,
  uploads: Uploads,
  limits: UploadLimits,
): Promise<void> {
  try {
    sendJson(response, 200, { upload: await receiveUpload(request, uploads, limits) })
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    if (error.code === 'internal') throw error
    if (error.code !== 'timed-out') await discardRest(request, limits.idleMs)
    response.setHeader('Connection', 'close')
    sendJson(response, statusOf(error), { error: toWire(error) })
  }
}

function statusOf({ code }: AppError): number {
  if (code === 'document-too-large') return 413
  return code === 'timed-out' ? 408 : 400
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
}

/**
 * The path of the original that `/files/ID` names (null: it has none); undefined for other
 * addresses.
 */
function originalOf(
  pathname: string,
  originalFile: (id: string) => string | null,
): string | null | undefined {
  const id = /^\/files\/([\w-]{1,128})$/.exec(pathname)?.[1]
  return id === undefined ? undefined : originalFile(id)
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, {
    'Content-Type': 'application/json; charset=utf-8',
    'Cache-Control': 'no-store',
  })
  response.end(JSON.stringify(body))
}

function refuse(response: ServerResponse, status: number, reason: string): void {
  response.writeHead(status, {
    'Content-Type': 'text/plain; charset=utf-8',
    'Cache-Control': 'no-store',
    'Content-Security-Policy': "default-src 'none'",
    Connection: 'close',
  })
  response.end(`${reason}\n`)
}

async function listen(server: Server, port: number): Promise<void> {
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(port, '127.0.0.1', () => {
        server.off('error', reject)
        resolve()
      })
    })
  } catch (cause) {
    throw new AppError(
      'invalid-input',
      `Port ${String(port)} cannot be used: another program has it, or it is reserved. Choose another one, or leave it out.`,
      { cause },
    )
  }
}
