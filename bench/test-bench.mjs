// The Test tab with a test set of 10,000 rows and a run of ten versions over it, which is 100,000
// results: how long each step takes, and the delays of the window and the core
// meanwhile. In a real browser against the real loopback shell, with generated files.
//
//   node bench/test-bench.mjs [ROWS] [VERSIONS]
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { runnerImport } from 'vite'
import { ensureBuilt } from '../scripts/ensureBuilt.mjs'
import { createRandom, importBuilt, loadAverage, report } from './harness.mjs'
import { readStarter, withOneLabel } from './starterTemplate.mjs'

/** @import { ChildProcess } from 'node:child_process' */
/** @import { Readable } from 'node:stream' */
/** @import { Page } from 'playwright-core' */
/** @import { Template } from '../src/shared/domain/template/template.ts' */
/** @import { Arm, RunPlan } from '../src/shared/domain/testRun/arm.ts' */
/** @import { RowResult, RunRecord } from '../src/shared/domain/testRun/run.ts' */
/** @import { TestRow } from '../src/shared/domain/testRun/testSet.ts' */
/** @import { Row } from './harness.mjs' */
/**
 * @typedef {typeof import('../src/main/templates/store/templateStore.ts') &
 *   import('./starterTemplate.mjs').Importing &
 *   typeof import('../src/main/templates/store/testSetFile.ts') &
 *   typeof import('../src/main/templates/running/armsOfPlan.ts') &
 *   typeof import('../src/main/templates/running/judgeReply.ts') &
 *   typeof import('../src/main/templates/running/runFolder.ts')} Built
 */
/** @typedef {Window & { readonly longTasks?: number[] }} Watched Milliseconds each. */
/** @typedef {readonly [name: string, run: () => Promise<unknown>]} Step */

const root = path.resolve(import.meta.dirname, '..')
const labels = ['positive', 'negative', 'neutral', 'mixed']
const [rowCount = '10000', versionCount = '10'] = process.argv.slice(2)
const versions = Array.from({ length: Number(versionCount) }, (_, index) => index + 1)

ensureBuilt()
/** @type {{ module: typeof import('../test/e2e/browser.ts') }} */
const { module } = await runnerImport(path.join(root, 'test', 'e2e', 'browser.ts'))
const { launchBrowser, missingBrowser } = module
if (missingBrowser === null) await main()
else process.stdout.write(`test-bench: not measured, ${missingBrowser}\n`)

async function main() {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'penknife-bench-'))
  const browser = await launchBrowser()
  let server = /** @type {ChildProcess | undefined} */ (undefined)
  try {
    await makeFiles(path.join(directory, 'templates'))
    const load = loadAverage()
    const rows = /** @type {Row[]} */ ([])
    // The second core reads the figures that the first has saved with the run.
    for (const stepsOf of [firstSteps, laterSteps]) {
      server = startCore(directory)
      const [url] = await once(createInterface(/** @type {Readable} */ (server.stdout)), 'line')
      const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
      await page.addInitScript(watchLongTasks)
      await page.goto(url)
      for (const [name, step] of stepsOf(page)) {
        rows.push([name, await measure(server, page, step)])
      }
      await page.close()
      const ended = once(server, 'exit')
      server.kill('SIGTERM')
      await ended
    }
    await report('test-bench', [
      ['rows, results', `${rowCount}, ${Number(rowCount) * versions.length}`],
      ['load average before and at the end', `${load}, ${loadAverage()}`],
      ['', 'ms; longest task in the window, ms; longest delay in the core, ms'],
      ...rows,
    ])
  } finally {
    await browser.close()
    server?.kill('SIGTERM')
    rmSync(directory, { recursive: true, force: true })
  }
}

/** @param {string} directory */
function startCore(directory) {
  return spawn(
    process.execPath,
    [
      '--import',
      path.join(import.meta.dirname, 'loopWatch.mjs'),
      path.join(root, 'out/main/serve.js'),
      '--data-dir',
      directory,
    ],
    { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] },
  )
}

/**
 * @param {ChildProcess} server
 * @param {Page} page
 * @param {Step[1]} step
 */
async function measure(server, page, step) {
  await waitAndReset(server, page)
  const started = performance.now()
  await step()
  const took = performance.now() - started
  const { longest } = await loopOf(server)
  const tasks = await page.evaluate(() => /** @type {Watched} */ (window).longTasks ?? [])
  return `${took.toFixed(0)}; ${Math.max(0, ...tasks).toFixed(0)}; ${longest.toFixed(0)}`
}

/**
 * @param {Page} page
 * @returns {readonly Step[]}
 */
function laterSteps(page) {
  return [['after a restart, from the list to all figures', () => openTest(page)]]
}

/**
 * @param {Page} page
 * @returns {readonly Step[]}
 */
function firstSteps(page) {
  const table = page.getByRole('table', { name: 'Results' })
  const lines = table.getByRole('row')
  return [
    [
      'opening Templates',
      async () => {
        await page.getByRole('button', { name: /^Templates/ }).click()
        await page.getByRole('button', { name: /^One label/ }).waitFor()
      },
    ],
    [
      'opening the template',
      async () => {
        await page.getByRole('button', { name: /^One label/ }).click()
        await page.getByRole('textbox', { name: 'Name of the template' }).waitFor()
      },
    ],
    [
      'opening Test, to the first results',
      async () => {
        await page.getByRole('tab', { name: 'Test' }).click()
        await page
          .getByText(/^Review 0 /)
          .first()
          .waitFor({ timeout: 120_000 })
      },
    ],
    ['the same, to all figures', () => page.locator('.run-versions').waitFor({ timeout: 300_000 })],
    ['the same figures again, in the core', () => page.reload().then(() => openTest(page))],
    [
      'scrolling through all results',
      async () => {
        for (const share of [0.25, 0.5, 0.75, 1]) {
          await table.evaluate((element, to) => {
            element.scrollTop = element.scrollHeight * to
          }, share)
          await page.waitForFunction(
            () => document.querySelectorAll('.run-table .faint').length === 0,
            null,
            { timeout: 60_000 },
          )
        }
      },
    ],
    [
      'sorting by doubt',
      async () => {
        const before = await lines.nth(1).innerText()
        await page.getByRole('combobox', { name: 'Order' }).selectOption('margin')
        await page.waitForFunction(
          (text) => {
            const item = /** @type {HTMLElement | null} */ (
              document.querySelector('.run-table .is-item')
            )
            return item?.innerText !== text
          },
          before,
          { timeout: 60_000 },
        )
      },
    ],
    [
      'the rows of a cell',
      async () => {
        await page
          .getByLabel(/expected negative, given positive/)
          .first()
          .click()
        await page.getByText(/expected negative, given positive: /).waitFor({ timeout: 60_000 })
      },
    ],
    [
      'the test set',
      async () => {
        await page.getByRole('radio', { name: 'Rows' }).click()
        await page.getByText(/rows to test/).waitFor({ timeout: 120_000 })
      },
    ],
  ]
}

/** @param {Page} page */
async function openTest(page) {
  await page.getByRole('button', { name: /^Templates/ }).click()
  await page.getByRole('button', { name: /^One label/ }).click()
  await page.getByRole('tab', { name: 'Test' }).click()
  await page.locator('.run-versions').waitFor({ timeout: 300_000 })
}

/** Runs in the page before anything else. */
function watchLongTasks() {
  const tasks = /** @type {number[]} */ ([])
  Object.assign(window, { longTasks: tasks })
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) tasks.push(duration)
  }).observe({ type: 'longtask', buffered: true })
}

/**
 * @param {ChildProcess} server
 * @param {Page} page
 */
async function waitAndReset(server, page) {
  await new Promise((resolve) => setTimeout(resolve, 500))
  await loopOf(server)
  await page.evaluate(() => /** @type {Watched} */ (window).longTasks?.splice(0))
}

/**
 * @param {ChildProcess} server
 * @returns {Promise<{ readonly p99: number, readonly longest: number }>} Milliseconds.
 */
async function loopOf(server) {
  const answered = once(server, 'message')
  server.send('event loop')
  const [found] = await answered
  return found
}

/**
 * A template in several versions, its test set, and a run of all of them that is done.
 *
 * @param {string} directory
 */
async function makeFiles(directory) {
  const built = /** @type {Built} */ (
    await importBuilt([
      'src/main/templates/store/templateStore.ts',
      'src/main/templates/store/importTemplate.ts',
      'src/main/templates/store/testSetFile.ts',
      'src/main/templates/running/armsOfPlan.ts',
      'src/main/templates/running/judgeReply.ts',
      'src/main/templates/running/runFolder.ts',
    ])
  )
  const template = withOneLabel(readStarter(built))
  const store = await built.openTemplateStore(directory, () => undefined)
  const id = await store.createSaved(template)
  for (const version of versions.slice(1)) {
    await store.save(id, { ...template, instruction: `${template.instruction} ${version}` }, null)
  }
  await store.close()

  const random = createRandom(7)
  /** @type {readonly TestRow[]} */
  const rows = Array.from({ length: Number(rowCount) }, (_, index) => ({
    id: `r${index}`,
    values: {
      INPUT: `Review ${index} of a made-up place, which came ${Math.floor(random() * 90)} minutes late.`,
    },
    expected: labels[index % labels.length] ?? null,
    included: null,
  }))
  const testSet = `${id}:rows-0000`
  const sets = path.join(directory, id, 'test-sets')
  mkdirSync(sets, { recursive: true })
  await built.writeTestSet(
    path.join(sets, 'rows-0000.jsonl'),
    'Rows',
    new Map(rows.map((row) => [row.id, row])),
  )

  /** @type {RunPlan} */
  const plan = { kind: 'test', versions, method: 'label-probability' }
  const templates = new Map(versions.map((version) => [version, template]))
  const { arms } = built.armsOfPlan(plan, templates)
  const run = path.join(directory, id, 'runs', 'made-up')
  /** @type {RunRecord} */
  const record = {
    schema: 1,
    id: 'made-up',
    template: id,
    plan,
    arms,
    testSet: { id: testSet, name: 'Rows' },
    rows: rows.map((row) => row.id),
    model: { file: '/model.gguf', name: 'made up', sha256: '0'.repeat(64), contextSize: 1024 },
    embedder: 'none',
    decoding: template.decoding,
    appVersion: '0.0.0',
    startedAt: '2026-01-01T00:00:00.000Z',
  }
  await built.createRunFolder(run, record, rows)
  const lines = arms.flatMap((arm) =>
    rows.map((row) => JSON.stringify(resultOf(built, template, arm, row, random))),
  )
  writeFileSync(path.join(run, 'results.jsonl'), `${lines.join('\n')}\n`)
  await built.writeState(run, { status: 'done', message: null, done: lines.length, failed: 0 })
}

/**
 * @param {Built} built
 * @param {Template} template
 * @param {Arm} arm
 * @param {TestRow} row
 * @param {() => number} random
 * @returns {RowResult}
 */
function resultOf({ judgeReply }, { format }, arm, row, random) {
  const lead = arm.version / 10
  const weighed = labels.map((label) => ({
    label,
    weight: random() + (label === row.expected ? lead : 0),
  }))
  const sum = weighed.reduce((total, { weight }) => total + weight, 0)
  const reply = weighed.reduce((best, one) => (one.weight > best.weight ? one : best)).label
  return {
    arm: arm.id,
    row: row.id,
    reply,
    ...judgeReply(format, reply, { ...row, passages: [] }),
    stop: 'end',
    error: null,
    tokens: { prompt: 300, reused: 270, generated: 1 },
    ms: Math.round(random() * 1000) / 10,
    probabilities: Object.fromEntries(weighed.map(({ label, weight }) => [label, weight / sum])),
    neighbours: null,
    sources: null,
  }
}
