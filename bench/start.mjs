// From starting the loopback shell to the window's first paint, in a browser that is already open;
// the goal is 1.5 s, before any model has loaded.
//
//   node bench/start.mjs [DATA DIRECTORY]
//
// Without a directory: a new library, and then the same one again.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { runnerImport } from 'vite'
import { isBuildCurrent } from '../scripts/buildStamp.mjs'
import { ensureBuilt } from '../scripts/ensureBuilt.mjs'
import { quantile, report } from './harness.mjs'
import { childrenOf } from './processes.mjs'

/** @import { Readable } from 'node:stream' */
/** @import { Browser } from 'playwright-core' */
/** @import { Row } from './harness.mjs' */
/** @typedef {Awaited<ReturnType<typeof measure>>} Times */

const rounds = 7
const root = path.resolve(import.meta.dirname, '..')
const program = path.join(root, 'out', 'main', 'serve.js')

ensureBuilt()
/** @type {{ module: typeof import('../test/e2e/browser.ts') }} */
const { module } = await runnerImport(path.join(root, 'test', 'e2e', 'browser.ts'))
const { launchBrowser, missingBrowser } = module
if (missingBrowser === null) await main(process.argv[2])
else process.stdout.write(`start: not measured, ${missingBrowser}\n`)

/** @param {string | undefined} given */
async function main(given) {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'penknife-bench-'))
  const browser = await launchBrowser()
  try {
    const rows = /** @type {Row[]} */ ([])
    const fresh = /** @type {Times[]} */ ([])
    const known = /** @type {Times[]} */ ([])
    // The first start only warms the system's file cache.
    await measure(browser, path.join(directory, 'warm'))
    for (let round = 0; round < rounds; round += 1) {
      const dataDir = given ?? path.join(directory, String(round))
      if (given === undefined) fresh.push(await measure(browser, dataDir))
      known.push(await measure(browser, dataDir))
    }
    if (fresh.length > 0) rows.push(...rowsOf('new library', fresh))
    rows.push(...rowsOf('known library', known))
    const helpers = Math.max(...[...fresh, ...known].map((times) => times.helpers))
    rows.push(['helper processes at first paint', helpers])
    const checked = performance.now()
    isBuildCurrent()
    rows.push([
      'npm start looks first if the build is current, ms',
      ms(performance.now() - checked),
    ])
    await report('start', rows)
  } finally {
    await browser.close()
    rmSync(directory, { recursive: true, force: true })
  }
}

/**
 * @param {string} name
 * @param {readonly Times[]} times
 * @returns {Row[]}
 */
function rowsOf(name, times) {
  const both = (/** @type {keyof Times} */ key) => {
    const values = times.map((time) => time[key])
    return `${ms(quantile(values, 0.5))}, ${ms(Math.max(...values))}`
  }
  return [
    [`${name}, address printed: median, slowest in ms`, both('address')],
    [`${name}, first paint: median, slowest in ms`, both('paint')],
    [`${name}, contents shown: median, slowest in ms`, both('contents')],
  ]
}

/**
 * Milliseconds from the start of the process.
 *
 * @param {Browser} browser
 * @param {string} dataDir
 */
async function measure(browser, dataDir) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
  const started = Date.now()
  const server = spawn(process.execPath, [program, '--data-dir', dataDir], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
  const ended = once(server, 'exit')
  try {
    const [url] = await once(createInterface(/** @type {Readable} */ (server.stdout)), 'line')
    const address = Date.now() - started
    await page.goto(url, { waitUntil: 'commit' })
    const paint = (await page.evaluate(firstPaint)) - started
    const helpers = childrenOf(Number(server.pid)).length
    await page.getByRole('textbox').first().waitFor()
    return { address, paint, contents: Date.now() - started, helpers }
  } finally {
    await page.close()
    server.kill('SIGTERM')
    await ended
  }
}

/**
 * Runs in the page: when something was painted first, on the clock of the system.
 *
 * @returns {Promise<number>}
 */
function firstPaint() {
  return new Promise((resolve) => {
    new PerformanceObserver((list) => {
      const [first] = list.getEntriesByName('first-contentful-paint')
      if (first !== undefined) resolve(performance.timeOrigin + first.startTime)
    }).observe({ type: 'paint', buffered: true })
  })
}

/** @param {number} value */
function ms(value) {
  return value.toFixed(0)
}
