import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { homedir, tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { address, staysOnMachine, watchSockets } from '../helpers/socketWatch.ts'

const cli = path.resolve('out/main/cli.js')
const sample = path.resolve('resources/sample')
let dataDir: string

/** The part used of the command line's output for an answer. */
interface AskOutput {
  readonly status: string
  readonly tokens: { readonly prompt: number }
}

beforeEach(() => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'penknife-'))
})
afterEach(() => {
  rmSync(dataDir, { recursive: true, force: true })
})

function start(...args: string[]): ChildProcess {
  // CI variables keep some libraries from phoning home, which must not go unnoticed here.
  const { CI: _, ...env } = process.env
  return spawn(process.execPath, [cli, '--data-dir', dataDir, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env,
  })
}

async function runWatched(...args: string[]) {
  const child = start(...args)
  const watch = watchSockets(child.pid ?? 0)
  let out = ''
  child.stdout?.on('data', (chunk: Buffer) => (out += chunk.toString()))
  const [code] = (await once(child, 'close')) as [number]
  const rounds = watch.rounds()
  return { code, out, rounds, sockets: watch.stop() }
}

describe('the watch itself', () => {
  test('reads addresses as the kernel writes them', () => {
    expect(address('0100007F:1F90')).toBe('127.0.0.1:8080')
    expect(address('08080808:0035')).toBe('8.8.8.8:53')
    expect(address('00000000000000000000000001000000:0050')).toBe('::1:80')
    expect(address('B80D01200000000067452301EFCDAB89:01BB')).toBe(
      '2001:db8:0:0:123:4567:89ab:cdef:443',
    )
  })

  test.each([
    ['127.0.0.1:5000', '127.0.0.1:6000', true],
    ['127.0.0.1:5000', '0.0.0.0:0', true],
    ['::1:5000', ':::0', true],
    ['0.0.0.0:5000', '0.0.0.0:0', false],
    ['10.0.0.2:5000', '8.8.8.8:53', false],
    ['2001:db8::1:5000', '2001:db8::2:443', false],
  ])('%s → %s stays on the machine: %s', (local, remote, expected) => {
    expect(staysOnMachine({ local, remote })).toBe(expected)
  })

  test.skipIf(process.platform !== 'linux')('sees a socket of a grandchild', async () => {
    const server = createServer((socket) => socket.unref()).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as { port: number }
    const inner = `require('net').connect(${String(port)}, '127.0.0.1'); setTimeout(() => process.exit(), 400)`
    const outer = `require('child_process').spawnSync(process.execPath, ['-e', ${JSON.stringify(inner)}])`
    const child = spawn(process.execPath, ['-e', outer])
    const watch = watchSockets(child.pid ?? 0)
    await once(child, 'close')
    server.close()
    expect(watch.stop().map((one) => one.remote)).toContain(`127.0.0.1:${String(port)}`)
  })
})

describe.skipIf(process.platform !== 'linux')('nothing leaves the machine', () => {
  test('an import and a question open no socket outside loopback', async () => {
    const telemetry = path.join(homedir(), '.cache', 'Microsoft')
    const had = existsSync(telemetry)
    const imported = await runWatched('--json', 'import', sample)
    expect(imported.code).toBe(0)
    expect(imported.rounds).toBeGreaterThan(20)
    const asked = await runWatched('--json', 'ask', 'What does error E4 on the pump mean?')
    const { status, tokens } = JSON.parse(asked.out) as AskOutput
    expect(status).toBe('complete')
    expect(tokens.prompt).toBeGreaterThan(0)
    const outside = [...imported.sockets, ...asked.sockets].filter((one) => !staysOnMachine(one))
    expect(outside).toEqual([])
    expect(existsSync(telemetry)).toBe(had)
  })

  test('the log contains neither questions nor text of documents', async () => {
    await runWatched('import', sample)
    await runWatched('ask', 'What does error E4 on the pump mean?')
    const folder = path.join(dataDir, 'logs')
    const logs = readdirSync(folder).map((name) => readFileSync(path.join(folder, name), 'utf8'))
    expect(logs.join('')).not.toMatch(/error E4|inlet|roof|leave/iu)
  })
})
