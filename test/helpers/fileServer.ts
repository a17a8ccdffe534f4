import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createHash } from 'node:crypto'

/** What a host does with a request; `next` answers as a good host does. */
export type Behave = (
  request: IncomingMessage,
  response: ServerResponse,
  next: () => void,
  /** How many requests came before. */
  count: number,
) => void

export interface FileServer extends AsyncDisposable {
  readonly address: string
  readonly requests: () => number
  /** The ranges that were asked for. */
  readonly ranges: string[]
  /** The versions that ranges were asked of; `undefined` where none was named. */
  readonly versions: (string | undefined)[]
  content: Buffer
  behave: Behave
}

/** A host on this machine that serves one file in ranges, as badly as a test wants. */
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

/** First and last byte of a range, as asked for. */
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
