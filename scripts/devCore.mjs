// The core of `npm run dev`: built on every change of its sources, and started again.
import { fork } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { resolveConfig } from 'electron-vite'
import { build, mergeConfig } from 'vite'
import { freePort } from './freePort.mjs'

/**
 * @typedef {object} DevCore
 * @property {number} port The same for every start.
 * @property {() => string} token The token that the running core requires of its window.
 * @property {() => Promise<void>} close
 */

// Not out/: it must not change while `npm start` or the tests run it.
const outDir = 'out-dev'

/**
 * Builds the core, starts it, and rebuilds and restarts it whenever its sources change. Resolves when
 * it has been started for the first time.
 *
 * @param {{ root: string, dataDir: string | undefined }} options
 * @returns {Promise<DevCore>}
 */
export async function startDevCore({ root, dataDir }) {
  const port = await freePort()
  const program = path.join(root, outDir, 'main', 'serve.js')
  const args = [`--port=${String(port)}`, ...(dataDir ? [`--data-dir=${dataDir}`] : [])]
  /** @type {import('node:child_process').ChildProcess | undefined} */
  let child
  let token = ''
  const inspected = process.env.PENKNIFE_INSPECT === 'core'

  async function stop() {
    const running = child
    if (running === undefined || running.exitCode !== null || running.signalCode !== null) return
    const ended = new Promise((resolve) => running.once('exit', resolve))
    running.kill('SIGTERM')
    await ended
  }

  /** Resolves when the core has printed its address, or has ended with a reason on stderr. */
  async function start() {
    // The channel closes when this process ends, however it ends.
    const started = fork(program, args, {
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
      execArgv: inspected ? ['--inspect=127.0.0.1:9229'] : [],
    })
    child = started
    await new Promise((resolve) => {
      started.once('exit', resolve)
      if (started.stdout === null) return
      createInterface(started.stdout).once('line', (line) => {
        token = new URL(line).searchParams.get('token') ?? ''
        resolve(undefined)
      })
    })
  }

  // The core also serves a built window, of which there is none here.
  mkdirSync(path.join(root, outDir, 'renderer'), { recursive: true })
  const watcher = await watchMain(root)
  let work = Promise.resolve()
  await new Promise((resolve) => {
    watcher.on('event', (event) => {
      if (event.code === 'ERROR') process.stderr.write(`${event.error.message}\n`)
      if (event.code !== 'END') return
      work = work.then(stop).then(start)
      void work.then(resolve)
    })
  })
  return {
    port,
    token: () => token,
    async close() {
      await watcher.close()
      await work
      await stop()
    },
  }
}

/** @param {string} root */
async function watchMain(root) {
  const { config } = await resolveConfig({ root, logLevel: 'warn' }, 'build', 'development')
  const change = { build: { outDir: path.join(outDir, 'main'), sourcemap: true, watch: {} } }
  const watcher = await build(mergeConfig(config?.main ?? {}, change))
  if (!('on' in watcher)) throw new Error('The core is not being watched.')
  return watcher
}
