// From starting the loopback shell to the window's first paint, in a browser that is already open;
// the goal is 1.5 s, before any model has loaded.
//
//   node bench/start.mjs [DATA DIRECTORY]
//
// Without a directory: a library that does not exist yet, and then the same one again.
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

const rounds = 7
const root = path.resolve(import.meta.dirname, '..')
const program = path.join(root, 'out', 'main', 'serve.js')

ensureBuilt()
const { launchBrowser, missingBrowser } = (
  await runnerImport(path.join(root, 'test', 'e2e', 'browser.ts'))
).module
if (missingBrowser === null) await main(process.argv[2])
else process.stdout.write(`start: not measured, ${missingBrowser}\n`)

async function main(given) {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'penknife-bench-'))
  const browser = await launchBrowser()
  try {
    const rows = []
    const starts = { 'new library': [], 'known library': [] }
    // The first one only warms the system's file cache.
    await measure(browser, path.join(directory, 'warm'))
    for (let round = 0; round < rounds; round += 1) {
      const dataDir = given ?? path.join(directory, String(round))
      if (given === undefined) starts['new library'].push(await measure(browser, dataDir))
      starts['known library'].push(await measure(browser, dataDir))
    }
    for (const [name, times] of Object.entries(starts)) {
      if (times.length > 0) rows.push(...rowsOf(name, times))
    }
    const all = Object.values(starts).flat()
    rows.push(['helper processes at first paint', String(Math.max(...all.map((t) => t.helpers)))])
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

function rowsOf(name, times) {
  const of = (key) => times.map((time) => time[key])
  const both = (key) => `${ms(quantile(of(key), 0.5))}, ${ms(Math.max(...of(key)))}`
  return [
    [`${name}, address printed: median, slowest in ms`, both('address')],
    [`${name}, first paint: median, slowest in ms`, both('paint')],
    [`${name}, contents shown: median, slowest in ms`, both('contents')],
  ]
}

/** Milliseconds from the start of the process. */
async function measure(browser, dataDir) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
  const started = Date.now()
  const server = spawn(process.execPath, [program, '--data-dir', dataDir], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
  const ended = once(server, 'exit')
  try {
    const [url] = await once(createInterface(server.stdout), 'line')
    const address = Date.now() - started
    await page.goto(url, { waitUntil: 'commit' })
    const paint = (await page.evaluate(firstPaint)) - started
    const helpers = childrenOf(server.pid).length
    await page.getByRole('textbox').first().waitFor()
    return { address, paint, contents: Date.now() - started, helpers }
  } finally {
    await page.close()
    server.kill('SIGTERM')
    await ended
  }
}

/** Runs in the page: when something was painted first, on the clock of the system. */
function firstPaint() {
  return new Promise((resolve) => {
    new PerformanceObserver((list) => {
      const [first] = list.getEntriesByName('first-contentful-paint')
      if (first !== undefined) resolve(performance.timeOrigin + first.startTime)
    }).observe({ type: 'paint', buffered: true })
  })
}

function ms(value) {
  return value.toFixed(0)
}
