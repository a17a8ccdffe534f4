import { systemErrorCode } from '../../src/main/disk/systemError.ts'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { connect } from 'node:net'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { startLoopbackServer } from '../../src/main/loopback/server.ts'
import { createWebSocketTransport } from '../../src/main/loopback/webSocketTransport.ts'
import { createClient } from '../../src/shared/rpc/client.ts'
import { ask, echoContract, startFixture, type LoopbackFixture } from '../helpers/loopback.ts'

let fixture: LoopbackFixture

beforeAll(async () => {
  fixture = await startFixture({
    maxBytes: 1_000,
    idleMs: 300,
    maxMessageBytes: 10_000,
    heartbeatMs: 50,
  })
})

afterAll(async () => {
  await fixture.close()
})

const withToken = (target: string): string => `${target}?token=${fixture.token}`
const cookie = (): string => `penknife_token_${String(fixture.server.port)}=${fixture.token}`
const origin = (): string => `http://${fixture.host}`
const get = (target: string, headers: Record<string, string> = {}) =>
  ask(fixture.server.port, target, { headers: { Host: fixture.host, ...headers } })

/** `open`, or the HTTP status of the refusal, or the close code. */
function connectSocket(
  target: string,
  headers: Record<string, string>,
): Promise<{ socket: WebSocket; outcome: 'open' | number }> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://${fixture.host}${target}`, { headers })
    socket.once('open', () => resolve({ socket, outcome: 'open' }))
    socket.once('unexpected-response', (_request, response) => {
      resolve({ socket, outcome: response.statusCode ?? 0 })
    })
    socket.once('error', reject)
  })
}

async function openSocket(): Promise<WebSocket> {
  const { socket, outcome } = await connectSocket('/rpc', { Origin: origin(), Cookie: cookie() })
  expect(outcome).toBe('open')
  return socket
}

const closeCode = (socket: WebSocket): Promise<number> =>
  new Promise((resolve) => socket.once('close', (code) => resolve(code)))

test('the printed address opens the page, and its cookie gives access to the rest', async () => {
  const page = await fetch(fixture.server.url)
  expect(page.status).toBe(200)
  expect(await page.text()).toContain('Penknife')
  const set = page.headers.get('set-cookie') ?? ''
  expect(set).toMatch(/HttpOnly/)
  expect(set).toMatch(/SameSite=Strict/)
  expect(page.headers.get('cache-control')).toBe('no-store')
  expect(page.headers.get('x-content-type-options')).toBe('nosniff')
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")

  const script = await get('/assets/main-abc123.js', { Cookie: set.split(';')[0] ?? '' })
  expect(script.status).toBe(200)
  expect(script.headers['content-type']).toBe('text/javascript; charset=utf-8')
  expect(script.headers['set-cookie']).toBeUndefined()
})

test('a single-use address works once', async () => {
  const url = fixture.server.singleUseUrl()
  expect(url).not.toContain(fixture.token)
  expect((await fetch(url)).status).toBe(200)
  expect((await fetch(url)).status).toBe(403)
})

test.each([
  ['no token', '/', {}],
  ['a wrong token', '/?token=wrong', {}],
  ['an empty token', '/?token=', {}],
  ['a wrong cookie', '/', { Cookie: 'penknife_token=wrong' }],
  ['no token for a file', '/files/pdf', {}],
  ['no token for what does not exist', '/nothing', {}],
])('%s is refused', async (_name, target, headers) => {
  const answer = await get(target, headers)
  expect(answer.status).toBe(403)
  expect(answer.headers['set-cookie']).toBeUndefined()
})

test.each(['evil.example', 'evil.example:80', '127.0.0.1', '127.0.0.1:1', '[::1]:80'])(
  'a name that was rebound to this machine is refused: Host "%s"',
  async (host) => {
    const answer = await ask(fixture.server.port, withToken('/'), { headers: { Host: host } })
    expect(answer.status).toBe(403)
    expect(answer.body).not.toContain('<title>')
  },
)

test('localhost is the same server', async () => {
  const host = `localhost:${String(fixture.server.port)}`
  const answer = await ask(fixture.server.port, withToken('/'), { headers: { Host: host } })
  expect(answer.status).toBe(200)
})

test.each(['https://evil.example', 'http://127.0.0.1:1', 'null', 'http://127.0.0.1'])(
  'a page from %s is refused',
  async (foreign) => {
    expect((await get(withToken('/'), { Origin: foreign })).status).toBe(403)
    const { outcome } = await connectSocket('/rpc', { Origin: foreign, Cookie: cookie() })
    expect(outcome).toBe(403)
  },
)

test('a cookie sent along by another site gives no access', async () => {
  const answer = await get('/files/pdf', { Cookie: cookie(), 'Sec-Fetch-Site': 'same-site' })
  expect(answer.status).toBe(403)
})

test.each([
  '/../secret.txt',
  '/..%2fsecret.txt',
  '/%2e%2e/secret.txt',
  '/assets/../../secret.txt',
  '/assets/..%5c..%5csecret.txt',
  '//secret.txt',
  '/%00',
  '/files/../secret.txt',
  '/files/gone',
  '/files/unknown',
  '/%',
  '/rpc',
  '/upload',
])('there is nothing at %s', async (target) => {
  const answer = await get(withToken(target))
  expect(answer.status).toBe(404)
  expect(answer.body).not.toContain('secret\n')
})

test('a huge header is refused and the server keeps running', async () => {
  // The server may close the connection while the rest of the header is still being sent.
  const refused = await get('/', { Cookie: 'x'.repeat(100_000) }).then(
    ({ status }) => status,
    (error: unknown) => systemErrorCode(error),
  )
  expect([431, 'ECONNRESET', 'EPIPE']).toContain(refused)
  expect((await get(withToken('/'))).status).toBe(200)
})

test('a PDF is sent whole, in part, or not at all', async () => {
  const whole = await get(withToken('/files/pdf'))
  expect(whole.status).toBe(200)
  expect(whole.headers['content-type']).toBe('application/pdf')
  expect(whole.headers['content-security-policy']).toContain('sandbox')
  expect(whole.body).toHaveLength(1009)

  const part = await get(withToken('/files/pdf'), { Range: 'bytes=9-18' })
  expect(part.status).toBe(206)
  expect(part.body).toBe('0123456789')
  expect(part.headers['content-range']).toBe('bytes 9-18/1009')

  const none = await get(withToken('/files/pdf'), { Range: 'bytes=2000-' })
  expect(none.status).toBe(416)
})

test('anything but a PDF is never rendered', async () => {
  const answer = await get(withToken('/files/html'))
  expect(answer.headers['content-type']).toBe('application/octet-stream')
  expect(answer.headers['content-disposition']).toBe('attachment')
})

const upload = (body: string, headers: Record<string, string> = {}) =>
  ask(fixture.server.port, '/upload?name=a.txt', {
    method: 'POST',
    headers: { Host: fixture.host, Origin: origin(), Cookie: cookie(), ...headers },
    body,
  })

test('an upload is stored under the id that it answers with', async () => {
  const answer = await upload('hello')
  expect(answer.status).toBe(200)
  const { upload: id } = JSON.parse(answer.body) as { upload: string }
  expect(readFileSync(path.join(fixture.directory, 'uploads', id), 'utf8')).toBe('hello')
})

test('an upload without the window’s origin is refused', async () => {
  const answer = await ask(fixture.server.port, '/upload?name=a.txt', {
    method: 'POST',
    headers: { Host: fixture.host, Cookie: cookie() },
    body: 'hello',
  })
  expect(answer.status).toBe(403)
})

test.each([
  ['announced', {}],
  ['unannounced', { 'Transfer-Encoding': 'chunked' }],
])('an upload over the limit (%s) is refused and leaves nothing', async (_name, headers) => {
  const before = readdirSync(path.join(fixture.directory, 'uploads'))
  const answer = await upload('x'.repeat(1_001), headers)
  expect(answer.status).toBe(413)
  expect(answer.body).toContain('document-too-large')
  expect(readdirSync(path.join(fixture.directory, 'uploads'))).toEqual(before)
})

test('an upload that stalls or is aborted leaves no file', async () => {
  const before = readdirSync(path.join(fixture.directory, 'uploads'))
  const head = [
    'POST /upload?name=a HTTP/1.1',
    `Host: ${fixture.host}`,
    `Origin: ${origin()}`,
    `Cookie: ${cookie()}`,
    'Content-Length: 100',
    '',
    'only a part',
  ].join('\r\n')
  for (const leave of [false, true]) {
    await new Promise<void>((resolve, reject) => {
      const socket = connect(fixture.server.port, '127.0.0.1', () => {
        socket.write(head)
        if (leave) setTimeout(() => socket.destroy(), 50)
      })
      socket.resume()
      socket.on('close', () => resolve())
      socket.on('error', reject)
    })
  }
  await expect.poll(() => readdirSync(path.join(fixture.directory, 'uploads'))).toEqual(before)
  expect(fixture.unexpected).toEqual([])
})

test('calls, streams and events work over the socket', async () => {
  const client = createClient(echoContract, createWebSocketTransport(await openSocket()))
  expect(await client.test.echo('ü')).toBe('ü')
  const counted: number[] = []
  for await (const n of client.test.count(3)) counted.push(n)
  expect(counted).toEqual([1, 2, 3])
  const ticks: number[] = []
  client.test.ticks((tick) => ticks.push(tick))
  await client.test.echo('subscribed')
  fixture.announce(7)
  await expect.poll(() => ticks).toEqual([7])
})

test('closing a socket aborts its running calls', async () => {
  const socket = await openSocket()
  const client = createClient(echoContract, createWebSocketTransport(socket))
  const items = client.test.count(1_000_000)[Symbol.asyncIterator]()
  await items.next()
  expect(fixture.running()).toBe(1)
  socket.terminate()
  await expect.poll(() => fixture.running()).toBe(0)
})

test('a socket whose other end no longer answers is ended', async () => {
  const { socket, outcome } = await connectSocket('/rpc', { Origin: origin(), Cookie: cookie() })
  expect(outcome).toBe('open')
  socket.pause()
  await closeAfterResume(socket)
})

/** The server has ended the connection once another read finds it closed. */
async function closeAfterResume(socket: WebSocket): Promise<void> {
  const closed = closeCode(socket)
  await new Promise((resolve) => setTimeout(resolve, 400))
  socket.resume()
  expect(await closed).toBe(1008)
}

test.each([
  ['no origin', () => ({ Cookie: cookie() }), '/rpc', 403],
  ['no token', () => ({ Origin: origin() }), '/rpc', 403],
  ['another path', () => ({ Origin: origin(), Cookie: cookie() }), '/other', 404],
])('a socket with %s is refused', async (_name, headers, target, status) => {
  const { outcome } = await connectSocket(target, headers())
  expect(outcome).toBe(status)
})

test.each([
  ['text that is no JSON', '{"type":', 1007],
  ['a binary frame', Buffer.from([1, 2, 3]), 1007],
  ['a message over the limit', JSON.stringify('x'.repeat(20_000)), 1009],
])('a socket that sends %s is closed', async (_name, payload, code) => {
  const socket = await openSocket()
  socket.send(payload)
  expect(await closeCode(socket)).toBe(code)
})

test('bytes that are no frame close the connection', async () => {
  const socket = await openSocket()
  const raw = (socket as unknown as { _socket: NodeJS.WritableStream })._socket
  raw.write(Buffer.from([0xff, 0xff, 0xff, 0xff]))
  await closeCode(socket)
  expect((await get(withToken('/'))).status).toBe(200)
})

test('messages that do not fit the protocol are ignored, and a bad input is named', async () => {
  const socket = await openSocket()
  const answers: unknown[] = []
  socket.on('message', (data) => answers.push(JSON.parse((data as Buffer).toString())))
  for (const message of [
    null,
    [],
    7,
    {},
    { type: 'call' },
    { type: 'call', id: -1, method: 'x' },
  ]) {
    socket.send(JSON.stringify(message))
  }
  socket.send(JSON.stringify({ type: 'call', id: 1, method: 'test.echo', input: 5 }))
  socket.send(JSON.stringify({ type: 'call', id: 2, method: '__proto__.toString', input: null }))
  await expect.poll(() => answers).toHaveLength(2)
  expect(answers).toEqual([
    expect.objectContaining({ type: 'error', id: 1 }),
    expect.objectContaining({ type: 'error', id: 2 }),
  ])
  socket.terminate()
})

test('a port in use is an error that says so', async () => {
  await expect(
    startLoopbackServer({
      rendererDir: path.join(fixture.directory, 'window'),
      contract: {},
      handlers: {},
      originalFile: () => null,
      uploads: { create: () => Promise.reject(new Error('unused')) },
      port: fixture.server.port,
    }),
  ).rejects.toThrow(/cannot be used/)
})

test('the server listens on 127.0.0.1 only', async () => {
  const refused = await new Promise<boolean>((resolve) => {
    const socket = connect(fixture.server.port, '127.0.0.2')
    socket.on('connect', () => {
      socket.destroy()
      resolve(false)
    })
    socket.on('error', () => resolve(true))
  })
  expect(refused).toBe(true)
})

test('closing ends sockets and frees the port', async () => {
  const other = await startFixture()
  const socket = new WebSocket(`ws://${other.host}/rpc?token=${other.token}`, {
    headers: { Origin: `http://${other.host}` },
  })
  await new Promise((resolve) => socket.once('open', resolve))
  const closed = closeCode(socket)
  await other.close()
  await closed
  expect(existsSync(other.directory)).toBe(false)
  await expect(ask(other.server.port, '/')).rejects.toThrow(/ECONNREFUSED/)
})
