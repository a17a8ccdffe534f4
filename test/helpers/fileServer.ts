import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createHash } from 'node:crypto'

/** How a host answers a request; `next` answers correctly. */
export type Behave = (
  request: IncomingMessage,
  response: ServerResponse,
  next: () => void,
  /** The number of earlier requests. */
  count: number,
) => void

export interface FileServer extends AsyncDisposable {
  readonly address: string
  readonly requests: () => number
  /** The requested ranges. */
  readonly ranges: string[]
  /** The requested versions (If-Range); `undefined` if there was none. */
  readonly versions: (string | undefined)[]
  content: Buffer
  behave: Behave
}

/** A local server of one file with ranges, which a test can make misbehave. */
export async function startFileServer(content: Buffer): Promise<FileServer> {
  const ranges: string[] = []
  const versions: (string | undefined)[] = []
  let count = 0
  const self: { content: Buffer; behave: Behave } = { content, behave: (_a, _b, next) => next() }
  const server = createServer((request, response) => {
    ranges.push(request.headers.range ?? '')
    versions.push(request.headers['if-range']?.toString())
    self.behave(request, response, () => serveRange(self.content, request, response), count++)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    address: `http://127.0.0.1:${String(port)}`,
    requests: () => count,
    ranges,
    versions,
    get content() {
      return self.content
    },
    set content(next) {
      self.content = next
    },
    get behave() {
      return self.behave
    },
    set behave(next) {
      self.behave = next
    },
    [Symbol.asyncDispose]: () => close(server),
  }
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** First and last byte of the requested range. */
export function rangeOf(request: IncomingMessage, length: number): { from: number; to: number } {
  const match = /^bytes=(\d+)-(\d*)$/u.exec(request.headers.range ?? '')
  const from = Number(match?.[1] ?? 0)
  return { from, to: match?.[2] ? Number(match[2]) : length - 1 }
}

function serveRange(content: Buffer, request: IncomingMessage, response: ServerResponse): void {
  const etag = `"${sha256(content).slice(0, 12)}"`
  const { from, to } = rangeOf(request, content.length)
  const asked = request.headers['if-range']
  if (request.headers.range === undefined || (asked !== undefined && asked !== etag)) {
    response.writeHead(200, { etag, 'content-length': content.length })
    response.end(content)
    return
  }
  const part = content.subarray(from, to + 1)
  response.writeHead(206, {
    etag,
    'content-length': part.length,
    'content-range': `bytes ${String(from)}-${String(to)}/${String(content.length)}`,
  })
  response.end(part)
}

async function close(server: Server): Promise<void> {
  server.closeAllConnections()
  server.close()
  await once(server, 'close')
}
