// The Test tab with a test set of 10,000 rows and a run of ten versions over it, which is 100,000
// results: how long each step takes, and how long the window and the core keep others waiting
// meanwhile. In a real browser against the real loopback shell; the files are made up.
//
//   node bench/test-bench.mjs [ROWS] [VERSIONS]
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { runnerImport } from 'vite'
import { ensureBuilt } from '../scripts/ensureBuilt.mjs'
import { createRandom, importBuilt, report } from './harness.mjs'

const root = path.resolve(import.meta.dirname, '..')
const labels = ['positive', 'negative', 'neutral', 'mixed']
const [rowCount = '10000', versionCount = '10'] = process.argv.slice(2)
const versions = Array.from({ length: Number(versionCount) }, (_, index) => index + 1)

ensureBuilt()
const { launchBrowser, missingBrowser } = (
  await runnerImport(path.join(root, 'test', 'e2e', 'browser.ts'))
).module
if (missingBrowser === null) await main()
else process.stdout.write(`test-bench: not measured, ${missingBrowser}\n`)

async function main() {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'penknife-bench-'))
  const browser = await launchBrowser()
  let server
  try {
    await makeFiles(path.join(directory, 'templates'))
    const load = os.loadavg()[0].toFixed(1)
    const rows = []
    // The second core finds the figures that the first has left beside the run.
    for (const stepsOf of [firstSteps, laterSteps]) {
      server = startCore(directory)
      const [url] = await once(createInterface(server.stdout), 'line')
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
      ['load average before and at the end', `${load}, ${os.loadavg()[0].toFixed(1)}`],
      ['', 'ms; longest task in the window, ms; longest delay in the core, ms'],
      ...rows,
    ])
  } finally {
    await browser.close()
    server?.kill('SIGTERM')
    rmSync(directory, { recursive: true, force: true })
  }
}

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

async function measure(server, page, step) {
  await waitAndReset(server, page)
  const started = performance.now()
  await step()
  const took = performance.now() - started
  const { longest } = await loopOf(server)
  const tasks = await page.evaluate(() => globalThis.longTasks)
  return `${took.toFixed(0)}; ${Math.max(0, ...tasks).toFixed(0)}; ${longest.toFixed(0)}`
}

function laterSteps(page) {
  return [['after a restart, from the list to all figures', () => openTest(page)]]
}

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
          (text) => document.querySelector('.run-table .is-item')?.innerText !== text,
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

async function openTest(page) {
  await page.getByRole('button', { name: /^Templates/ }).click()
  await page.getByRole('button', { name: /^One label/ }).click()
  await page.getByRole('tab', { name: 'Test' }).click()
  await page.locator('.run-versions').waitFor({ timeout: 300_000 })
}

/** Runs in the page before anything else. */
function watchLongTasks() {
  globalThis.longTasks = []
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) globalThis.longTasks.push(duration)
  }).observe({ type: 'longtask', buffered: true })
}

async function waitAndReset(server, page) {
  await new Promise((resolve) => setTimeout(resolve, 500))
  await loopOf(server)
  await page.evaluate(() => (globalThis.longTasks = []))
}

async function loopOf(server) {
  const answered = once(server, 'message')
  server.send('event loop')
  const [found] = await answered
  return found
}

/** A template in several versions, its test set, and a run of all of them that is done. */
async function makeFiles(directory) {
  const built = await importBuilt([
    'src/main/templates/store/templateStore.ts',
    'src/main/templates/store/importTemplate.ts',
    'src/main/templates/store/testSetFile.ts',
    'src/main/templates/running/armsOfPlan.ts',
    'src/main/templates/running/judgeReply.ts',
    'src/main/templates/running/runFolder.ts',
  ])
  const text = readFileSync(path.join(root, 'resources/templates/1-review.json'), 'utf8')
  const two = JSON.parse(text)
  const [{ name, type }] = two.format.fields
  const examples = two.examples.map((one) => ({ ...one, output: JSON.parse(one.output)[name] }))
  const label = JSON.stringify({ ...two, name: 'One label', format: type, examples })
  const template = built.importTemplate({ name: 'label.json', text: label })
  const store = await built.openTemplateStore(directory, () => undefined)
  const id = await store.createSaved(template)
  for (const version of versions.slice(1)) {
    await store.save(id, { ...template, instruction: `${template.instruction} ${version}` }, null)
  }
  await store.close()

  const random = createRandom(7)
  const rows = Array.from({ length: Number(rowCount) }, (_, index) => ({
    id: `r${index}`,
    values: {
      INPUT: `Review ${index} of a made-up place, which came ${Math.floor(random() * 90)} minutes late.`,
    },
    expected: labels[index % labels.length],
    included: null,
  }))
  const testSet = `${id}:rows-0000`
  const sets = path.join(directory, id, 'test-sets')
  mkdirSync(sets, { recursive: true })
  await built.writeTestSet(path.join(sets, 'rows-0000.jsonl'), 'Rows', rows)

  const plan = { kind: 'test', versions, method: 'label-probability' }
  const templates = new Map(versions.map((version) => [version, template]))
  const arms = built.armsOfPlan(plan, templates)
  const run = path.join(directory, id, 'runs', 'made-up')
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

function resultOf({ judgeReply }, { format }, arm, row, random) {
  const weights = labels.map((label) => random() + (label === row.expected ? arm.version / 10 : 0))
  const sum = weights.reduce((total, weight) => total + weight, 0)
  const reply = labels[weights.indexOf(Math.max(...weights))]
  return {
    arm: arm.id,
    row: row.id,
    reply,
    ...judgeReply(format, reply, row.expected),
    stop: 'end',
    error: null,
    tokens: { prompt: 300, reused: 270, generated: 1 },
    ms: Math.round(random() * 1000) / 10,
    probabilities: Object.fromEntries(labels.map((label, index) => [label, weights[index] / sum])),
    neighbours: null,
    sources: null,
  }
}
