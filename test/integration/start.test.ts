import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { findElectron } from '../../scripts/electronBinary.mjs'
import { startServe } from '../e2e/serve.ts'

const root = path.resolve(import.meta.dirname, '../..')
let dataDir: string
const started: ChildProcess[] = []

beforeEach(() => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'penknife-start-'))
})

afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL')
  rmSync(dataDir, { recursive: true, force: true })
})

interface Run {
  readonly child: ChildProcess
  readonly lines: () => readonly string[]
  readonly errors: () => string
  readonly exited: Promise<number | null>
}

/** Runs a program of the project without a desktop, so that nothing opens a window. */
function run(program: string, args: readonly string[]): Run {
  const child = spawn(process.execPath, [path.join(root, program), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, DISPLAY: '', WAYLAND_DISPLAY: '' },
  })
  started.push(child)
  let output = ''
  let errors = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text))
  return {
    child,
    lines: () => output.split('\n').slice(0, -1),
    errors: () => errors,
    exited: new Promise((resolve) => child.once('exit', resolve)),
  }
}

const address = /^http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{43}$/
const patience = { timeout: 60_000 }

test('serve prints its address first, locks its library and stops on request', async () => {
  const served = await startServe(['--data-dir', dataDir])
  expect(served.url).toMatch(address)
  expect((await fetch(served.url)).status).toBe(200)

  const second = run('out/main/serve.js', ['--data-dir', dataDir])
  expect(await second.exited).toBe(1)
  expect(second.errors()).toMatch(/already has this library open/)

  expect(await served.stop()).toBe(0)
  expect(existsSync(path.join(dataDir, 'lock.json'))).toBe(false)
})

test('serve ends with the process that started it', async () => {
  const served = await startServe(['--data-dir', dataDir])
  const exited = new Promise((resolve) => served.child.once('exit', resolve))
  served.child.disconnect()
  expect(await exited).toBe(0)
})

test('serve says when its port is taken', async () => {
  const served = await startServe(['--data-dir', dataDir])
  const { port } = new URL(served.url)
  const second = run('out/main/serve.js', [`--data-dir=${dataDir}-2`, `--port=${port}`])
  expect(await second.exited).toBe(1)
  expect(second.errors()).toContain(`Port ${port} cannot be used`)
  await served.stop()
  rmSync(`${dataDir}-2`, { recursive: true, force: true })
})

test('start --browser serves at once', async () => {
  const start = run('scripts/start.mjs', ['--browser', '--data-dir', dataDir])
  await expect.poll(() => start.lines(), patience).toHaveLength(1)
  expect(start.lines()[0]).toMatch(address)
  start.child.kill('SIGTERM')
  expect(await start.exited).toBe(0)
})

test.runIf(process.platform === 'linux' || findElectron() === null)(
  'start without a way to use Electron says why in one line and serves',
  async () => {
    const start = run('scripts/start.mjs', ['--data-dir', dataDir, '--port', '0'])
    await expect.poll(() => start.lines(), patience).toHaveLength(2)
    expect(start.lines()[0]).toMatch(/^Electron cannot be used: /)
    expect(start.lines()[1]).toMatch(address)
    start.child.kill('SIGINT')
    expect(await start.exited).toBe(0)
  },
)

test.each([['--prot'], ['--port=x'], ['--port=70000'], ['stray']])(
  'start %s is refused with the usage',
  async (argument) => {
    const start = run('scripts/start.mjs', [argument])
    expect(await start.exited).toBe(2)
    expect(start.errors()).toContain('Usage: npm start')
  },
)
