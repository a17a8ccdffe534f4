// `npm start`: builds if need be, then opens the desktop app, or serves the same app to a browser.
import { spawn } from 'node:child_process'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { downloadElectron, findElectron, missingDesktop } from './electronBinary.mjs'
import { ensureBuilt } from './ensureBuilt.mjs'

const root = path.resolve(import.meta.dirname, '..')
const usage = `Usage: npm start -- [options]

  --browser        serve the app on 127.0.0.1 and open it in the default browser
  --data-dir DIR   keep the library in DIR
  --port N         port to serve on, where it is served (default: any free one)
  --help           show this
`

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        browser: { type: 'boolean', default: false },
        'data-dir': { type: 'string' },
        port: { type: 'string', default: '0' },
        help: { type: 'boolean', default: false },
      },
    })
    const port = Number(values.port)
    if (!Number.isInteger(port) || port < 0 || port > 65_535) {
      throw new Error(`There is no port ${values.port}.`)
    }
    return values
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`)
    process.exit(2)
  }
}

const options = readOptions()
if (options.help) {
  process.stdout.write(usage)
  process.exit(0)
}
// The folder where npm was called, not that of the project.
const cwd = process.env.INIT_CWD ?? process.cwd()
const dataDir = options['data-dir'] && path.resolve(cwd, options['data-dir'])
process.chdir(root)
ensureBuilt()

/** How the desktop app ended, or why it could not be started. */
async function runElectron() {
  const noDesktop = missingDesktop()
  if (noDesktop !== null) return { reason: noDesktop }
  const found = findElectron()
  if (found === null) process.stderr.write('Fetching Electron (once)…\n')
  const { binary, reason } = found === null ? await downloadElectron() : { binary: found }
  if (binary === undefined) return { reason }

  const startedAt = Date.now()
  const child = spawn(binary, [root, ...(dataDir ? [`--data-dir=${dataDir}`] : [])], {
    stdio: 'inherit',
  })
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => child.kill(signal))
  }
  const code = await new Promise((resolve) => {
    child.once('error', () => resolve(null))
    child.once('exit', (exitCode) => resolve(exitCode))
  })
  // If the system forbids its sandbox or lacks a library, it ends before it opens a window.
  const crashed = code === null || code > 1
  if (crashed && Date.now() - startedAt < 10_000) return { reason: 'it does not start here' }
  return { code: code ?? 1 }
}

if (!options.browser) {
  const { code, reason } = await runElectron()
  if (reason === undefined) process.exit(code)
  process.stdout.write(
    `Electron cannot be used: ${reason}. Penknife opens in the browser instead.\n`,
  )
}
process.argv.splice(2, Infinity, '--open', `--port=${options.port}`)
if (dataDir) process.argv.push(`--data-dir=${dataDir}`)
await import(pathToFileURL(path.join(root, 'out', 'main', 'serve.js')).href)
