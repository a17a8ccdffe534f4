import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request, type IncomingHttpHeaders } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { z } from 'zod'
import {
  startLoopbackServer,
  type LoopbackLimits,
  type LoopbackServer,
} from '../../src/main/loopback/server.ts'
import { event, procedure, stream } from '../../src/shared/rpc/contract.ts'

/** A minimal contract with one member of each kind. */
export const echoContract = {
  test: {
    echo: procedure({ input: z.string(), output: z.string() }),
    count: stream({ input: z.number(), item: z.number() }),
    ticks: event(z.number()),
  },
}

export interface LoopbackFixture {
  readonly server: LoopbackServer
  readonly token: string
  /** `127.0.0.1:PORT` */
  readonly host: string
  readonly directory: string
  /** Streams that are being answered now. */
  running(): number
  announce(tick: number): void
  /** Unexpected errors of the server. */
  readonly unexpected: unknown[]
  close(): Promise<void>
}

/** A loopback server with a fake window, one PDF (`files/pdf`) and one page (`files/html`). */
export async function startFixture(limits: Partial<LoopbackLimits> = {}): Promise<LoopbackFixture> {
  const directory = mkdtempSync(path.join(tmpdir(), 'penknife-loopback-'))
  const at = (...parts: string[]): string => path.join(directory, ...parts)
  mkdirSync(at('window', 'assets'), { recursive: true })
  mkdirSync(at('uploads'))
  writeFileSync(at('window', 'index.html'), '<!doctype html><title>Penknife</title>')
  writeFileSync(at('window', 'assets', 'main-abc123.js'), 'export {}')
  writeFileSync(at('secret.txt'), 'secret')
  writeFileSync(at('manual.pdf'), `%PDF-1.7\n${'0123456789'.repeat(100)}`)
  writeFileSync(at('page.html'), '<script>alert(1)</script>')

  const originals = new Map([
    ['pdf', at('manual.pdf')],
    ['html', at('page.html')],
    ['gone', at('gone.pdf')],
  ])
  const unexpected: unknown[] = []
  const listeners = new Set<(tick: number) => void>()
  let running = 0
  let uploads = 0
  const token = 'test-token'
  const server = await startLoopbackServer({
    rendererDir: at('window'),
    contract: echoContract,
    handlers: {
      test: {
        echo: (text) => text,
        async *count(to, { signal }) {
          running += 1
          try {
            for (let n = 1; n <= to && !signal.aborted; n += 1) {
              yield n
              await new Promise((resolve) => setTimeout(resolve, 1))
            }
          } finally {
            running -= 1
          }
        },
        ticks(listener) {
          listeners.add(listener)
          return () => listeners.delete(listener)
        },
      },
    },
    originalFile: (id) => originals.get(id) ?? null,
    uploads: {
      create() {
        uploads += 1
        const id = `upload-${String(uploads)}`
        return Promise.resolve({ id, file: at('uploads', id) })
      },
    },
    token,
    limits,
    onUnexpectedError: (_where, error) => unexpected.push(error),
  })
  return {
    server,
    token,
    host: `127.0.0.1:${String(server.port)}`,
    directory,
    running: () => running,
    announce: (tick) => {
      for (const listener of listeners) listener(tick)
    },
    unexpected,
    async close() {
      await server.close()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

export interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** Sends a request exactly as given: unlike `fetch`, it allows a forged host, origin and path. */
export function ask(
  port: number,
  target: string,
  options: {
    readonly method?: string
    readonly headers?: Readonly<Record<string, string>>
    readonly body?: string | Buffer
  } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      {
        host: '127.0.0.1',
        port,
        path: target,
        method: options.method ?? 'GET',
        headers: options.headers,
        agent: false,
      },
      (response) => {
        const parts: Buffer[] = []
        response.on('data', (part: Buffer) => parts.push(part))
        response.on('end', () => {
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(parts).toString('utf8'),
          })
        })
        response.on('error', reject)
      },
    )
    outgoing.on('error', reject)
    outgoing.end(options.body)
  })
}
