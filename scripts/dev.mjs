// `npm run dev`: the window with hot reload over the core, which is built and started again on every
// change. The core is served as `npm start -- --browser` serves it; see docs/contributing.md.
import path from 'node:path'
import { parseArgs } from 'node:util'
import { startDevCore } from './devCore.mjs'
import { freePort } from './freePort.mjs'
import { startDevWindow } from './devWindow.mjs'

const root = path.resolve(import.meta.dirname, '..')
const usage = `Usage: npm run dev -- [options]

  --data-dir DIR   keep the library in DIR (default: the same as npm start)
  --port N         port of the window (default: any free one)
  --help           show this

PENKNIFE_INSPECT=core lets a debugger attach to the core at 127.0.0.1:9229; llm.host, embedder.host or
parser.host in its place to that helper process, at 127.0.0.1:9230.
`

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        'data-dir': { type: 'string' },
        port: { type: 'string', default: '0' },
        help: { type: 'boolean', default: false },
      },
    })
    const port = Number(values.port)
    if (!Number.isInteger(port) || port < 0 || port > 65_535) {
      throw new Error(`There is no port ${values.port}.`)
    }
    return { ...values, port }
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

const core = await startDevCore({ root, dataDir })
const port = options.port === 0 ? await freePort() : options.port
const window = await startDevWindow({ root, port, core })
process.stdout.write(`${window.url}\n`)

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.once(signal, () => {
    void Promise.allSettled([window.close(), core.close()]).then(() => process.exit(0))
  })
}
