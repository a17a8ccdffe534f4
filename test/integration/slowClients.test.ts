import { readdirSync, truncateSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { WebSocket } from 'ws'
import type { LoopbackLimits } from '../../src/main/loopback/server.ts'
import { createWebSocketTransport } from '../../src/main/loopback/webSocketTransport.ts'
import { createClient } from '../../src/shared/rpc/client.ts'
import { ask, echoContract, startFixture, type LoopbackFixture } from '../helpers/loopback.ts'

async function start(limits: Partial<LoopbackLimits>): Promise<LoopbackFixture> {
  const fixture = await startFixture(limits)
  onTestFinished(() => fixture.close())
  return fixture
}

/** A bare connection, and what came over it until it was closed. */
function connectTo({ server }: LoopbackFixture, options: { readonly allowHalfOpen?: true } = {}) {
  const socket = connect({ port: server.port, host: '127.0.0.1', ...options })
  onTestFinished(() => void socket.destroy())
  let text = ''
  socket.on('data', (part) => (text += part.toString('latin1')))
  // A connection may be reset while it is written to.
  socket.on('error', () => undefined)
  const closed = new Promise<string>((resolve) => socket.once('close', () => resolve(text)))
  return { socket, closed }
}

/** Writes a text again and again, until the connection is closed. */
async function drip(socket: Socket, text: string): Promise<void> {
  while (!socket.destroyed && socket.writable) {
    socket.write(text)
    await delay(5)
  }
}

const head = (fixture: LoopbackFixture, first: string, ...more: readonly string[]): string =>
  [
    `${first} HTTP/1.1`,
    `Host: ${fixture.host}`,
    `Origin: http://${fixture.host}`,
    `Cookie: penknife_token_${String(fixture.server.port)}=${fixture.token}`,
    ...more,
    '',
    '',
  ].join('\r\n')

const upgrade = [
  'Connection: Upgrade',
  'Upgrade: websocket',
  'Sec-WebSocket-Version: 13',
  `Sec-WebSocket-Key: ${Buffer.alloc(16).toString('base64')}`,
]

async function openPage({ server, token, host }: LoopbackFixture): Promise<number> {
  return (await ask(server.port, `/?token=${token}`, { headers: { Host: host } })).status
}

test('a head that arrives byte by byte is given up with 408', async () => {
  const fixture = await start({ headMs: 100, checkMs: 20 })
  const { socket, closed } = connectTo(fixture)
  socket.write('GET / HTTP/1.1\r\nX-Slow: ')
  void drip(socket, 'a')
  expect(await closed).toMatch(/^HTTP\/1\.1 408 /)
})

test('hundreds of connections that say nothing are closed, and the window opens after them', async () => {
  const fixture = await start({ headMs: 100, checkMs: 20 })
  const silent = Array.from({ length: 300 }, () => connectTo(fixture))
  for (const { closed } of silent) expect(await closed).toMatch(/^(?:HTTP\/1\.1 408 |$)/)
  const usual = await start({})
  expect(await openPage(usual)).toBe(200)
})

test('of more connections than are allowed the last are closed at once', async () => {
  const fixture = await start({ maxConnections: 5 })
  const first = Array.from({ length: 5 }, () => connectTo(fixture))
  await Promise.all(first.map(({ socket }) => new Promise((done) => socket.once('connect', done))))
  expect(await connectTo(fixture).closed).toBe('')
  for (const { socket } of first) socket.destroy()
  await expect.poll(() => openPage(fixture).catch(() => 0)).toBe(200)
})

test('a body that nothing reads does not keep its connection', async () => {
  const fixture = await start({})
  const { socket, closed } = connectTo(fixture)
  socket.write(head(fixture, 'GET /', 'Content-Length: 1000000'))
  void drip(socket, 'a')
  expect(await closed).toMatch(/^HTTP\/1\.1 200 /)
})

test('an upload that stops arriving is answered with 408, the reason, and leaves no file', async () => {
  const fixture = await start({ idleMs: 100 })
  const { socket, closed } = connectTo(fixture)
  socket.write(`${head(fixture, 'POST /upload?name=a', 'Content-Length: 100')}only a part`)
  const answer = await closed
  expect(answer).toMatch(/^HTTP\/1\.1 408 /)
  expect(answer).toContain('The upload stopped arriving. Drop the file again.')
  expect(readdirSync(path.join(fixture.directory, 'uploads'))).toEqual([])
})

test('a download that nobody reads is ended', async () => {
  const fixture = await start({ stillMs: 100 })
  truncateSync(path.join(fixture.directory, 'manual.pdf'), 200 * 1024 * 1024)
  const { socket, closed } = connectTo(fixture)
  socket.pause()
  socket.write(head(fixture, 'GET /files/pdf'))
  while (!socket.destroyed) {
    await delay(500)
    socket.write('\r\n')
  }
  expect((await closed).length).toBeLessThan(200 * 1024 * 1024)
})

test('a socket that is refused is closed even if the other end keeps its half open', async () => {
  const fixture = await start({ lingerMs: 50 })
  const { socket, closed } = connectTo(fixture, { allowHalfOpen: true })
  socket.write(head({ ...fixture, token: 'wrong' }, 'GET /rpc', ...upgrade))
  await new Promise((resolve) => socket.once('end', resolve))
  void drip(socket, 'a')
  expect(await closed).toMatch(/^HTTP\/1\.1 403 /)
})

test('a frame that arrives byte by byte ends the connection, with a reason', async () => {
  const fixture = await start({ heartbeatMs: 50, lingerMs: 50 })
  const { socket, closed } = connectTo(fixture)
  socket.write(head(fixture, 'GET /rpc', ...upgrade))
  await new Promise((resolve) => socket.once('data', resolve))
  // A masked text frame of 60,000 bytes; the bytes of no answer to a ping are among them.
  socket.write(Buffer.from([0x81, 0xfe, 0xea, 0x60, 0, 0, 0, 0]))
  void drip(socket, 'a')
  expect(await closed).toContain('The window no longer answers.')
})

test('a client that does not read is closed, and what waits for it is dropped', async () => {
  const fixture = await start({ maxBufferedBytes: 100_000, lingerMs: 50 })
  const socket = new WebSocket(`ws://${fixture.host}/rpc?token=${fixture.token}`, {
    origin: `http://${fixture.host}`,
  })
  onTestFinished(() => socket.terminate())
  await new Promise((resolve) => socket.once('open', resolve))
  const client = createClient(echoContract, createWebSocketTransport(socket))
  await client.test.count(1e9)[Symbol.asyncIterator]().next()
  expect(fixture.running()).toBe(1)
  socket.pause()
  const long = 'x'.repeat(100_000)
  const asked = Promise.allSettled(Array.from({ length: 300 }, () => client.test.echo(long)))
  await expect.poll(() => fixture.running()).toBe(0)
  socket.resume()
  expect((await asked).some(({ status }) => status === 'rejected')).toBe(true)
  expect(fixture.unexpected).toEqual([])
})
