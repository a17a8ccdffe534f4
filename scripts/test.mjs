// `npm test`: every check and every test; the checks, and what needs a browser, beside the other tests.
// A stage that fails does not keep the others from running; the last line has the totals.
// `npm test -- unit lint` runs some.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { findElectron, missingDesktop } from './electronBinary.mjs'
import { add, countVitest, failedTests, nothingCounted, summaryLine } from './testCounts.mjs'

const root = path.resolve(import.meta.dirname, '..')
process.chdir(root)
const reports = mkdtempSync(path.join(tmpdir(), 'penknife-test-'))
/** @param {readonly string[]} parts */
const bin = (...parts) => path.join('node_modules', ...parts)
const { values, positionals: wanted } = parseArgs({
  options: {
    // Minutes after which a stage counts as hung, on a busy machine too.
    'stage-minutes': { type: 'string', default: '40' },
  },
  allowPositionals: true,
})
const limitMinutes = Number(values['stage-minutes'])

/** @typedef {import('./testCounts.mjs').Counts} Counts */

/**
 * @typedef {object} Stage
 * @property {string} name
 * @property {readonly string[]} args
 * @property {Readonly<Record<string, string>>} [env]
 * @property {string | null} [skip] Why it is skipped.
 * @property {(ok: boolean) => Counts} count
 * @property {() => readonly string[]} [failures] What failed, a line each.
 */

/**
 * @param {string} name
 * @param {readonly string[]} args
 * @returns {Stage}
 */
const check = (name, ...args) => ({ name, args, count: (ok) => (ok ? passed : failed) })
const passed = { ...nothingCounted, passed: 1 }
const failed = { ...nothingCounted, failed: 1 }
const skipped = { ...nothingCounted, skipped: 1 }

/**
 * @param {string} name
 * @param {string} project
 * @param {Pick<Stage, 'env' | 'skip'>} [options]
 * @returns {Stage}
 */
function vitest(name, project, { env = {}, skip = null } = {}) {
  const report = path.join(reports, `${name.replaceAll(' ', '-')}.json`)
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const args = [bin('vitest', 'vitest.mjs'), 'run', `--project=${project}`, ...reporters]
  return {
    name,
    args,
    env,
    skip,
    count: (ok) => countVitest(report, ok),
    failures: () => failedTests(report),
  }
}

function withoutElectron() {
  if (findElectron() === null) return 'Electron’s binary is not installed'
  return missingDesktop()
}

/** Checks that read the code without running it, on one core. */
const checks = [
  check('types', bin('typescript', 'bin', 'tsc'), '-b'),
  check('lint', bin('eslint', 'bin', 'eslint.js'), '.', '--max-warnings=0'),
  check('format', bin('prettier', 'bin', 'prettier.cjs'), '--check', '--log-level=warn', '.'),
  check('boundaries', 'scripts/boundaries.mjs'),
  check('unused code', bin('knip', 'bin', 'knip.js'), '--no-progress'),
  check('notices', 'scripts/notices.mjs', '--check'),
]

/** Integration comes first, beside the checks: its tests wait for processes most of the time. */
const tests = [
  vitest('integration', 'integration'),
  vitest('unit', 'unit'),
  vitest('window', 'renderer'),
]

/** One browser at a time, which leaves a core to the other tests: after the checks. */
const endToEnd = [
  vitest('end to end, browser', 'e2e', { env: { PENKNIFE_E2E: 'browser' } }),
  vitest('end to end, Electron', 'e2e', {
    env: { PENKNIFE_E2E: 'electron' },
    skip: withoutElectron(),
  }),
]

/** Whether a stage is to run: all do, unless some are named. */
const isWanted = (/** @type {Stage} */ { name }) => wanted.length === 0 || wanted.includes(name)
const unknown = wanted.filter(
  (one) => ![...checks, ...tests, ...endToEnd].some(({ name }) => name === one),
)
if (unknown.length > 0) {
  process.stderr.write(`There is no stage ${unknown.join(', ')}.\n`)
  process.exit(2)
}

/** Functions that end the running stages. */
const running = /** @type {Set<() => void>} */ (new Set())

function interrupt() {
  for (const end of running) end()
  process.exit(130)
}
process.on('SIGINT', interrupt)
process.on('SIGTERM', interrupt)

/**
 * Whether the stage succeeded. Its processes are one group, so that none outlives it. Its output
 * goes to `print`, or directly to stdout.
 *
 * @param {Stage} stage
 * @param {(data: Buffer) => void} [print]
 * @returns {Promise<boolean>}
 */
function run({ name, args, env }, print) {
  return new Promise((resolve) => {
    const output = print === undefined ? 'inherit' : 'pipe'
    const child = spawn(process.execPath, args, {
      stdio: ['ignore', output, output],
      env: { ...process.env, ...env },
      detached: process.platform !== 'win32',
    })
    const end = () => {
      if (process.platform === 'win32' || child.pid === undefined) child.kill('SIGKILL')
      else process.kill(-child.pid, 'SIGKILL')
    }
    const timer = setTimeout(
      () => {
        process.stdout.write(`${name} took more than ${String(limitMinutes)} minutes: ended.\n`)
        end()
      },
      limitMinutes * 60 * 1000,
    )
    running.add(end)
    if (print !== undefined) {
      child.stdout?.on('data', print)
      child.stderr?.on('data', print)
    }
    child.once('error', () => resolve(false))
    child.once('close', (code) => {
      clearTimeout(timer)
      running.delete(end)
      resolve(code === 0)
    })
  })
}

/**
 * @param {Stage} stage
 * @param {(data: Buffer) => void} [print]
 */
async function runStage(stage, print) {
  const { name, skip } = stage
  if (skip) {
    process.stdout.write(`\n── ${name}: skipped, because ${skip}\n`)
    return { name, counts: skipped, seconds: 0, note: skip, failures: [] }
  }
  if (print === undefined) process.stdout.write(`\n── ${name}\n`)
  const startedAt = Date.now()
  const ok = await run(stage, print)
  const seconds = (Date.now() - startedAt) / 1000
  return { name, counts: stage.count(ok), seconds, note: '', failures: stage.failures?.() ?? [] }
}

/**
 * Runs stages one after another.
 *
 * @param {readonly Stage[]} stages
 * @param {{ whole?: boolean }} [options] `whole`: what a stage prints comes when it has ended, so as
 *   not to mix with others'.
 */
async function runStages(stages, { whole = false } = {}) {
  const outcomes = []
  for (const stage of stages.filter(isWanted)) {
    const printed = /** @type {Buffer[]} */ ([])
    outcomes.push(await runStage(stage, whole ? (data) => printed.push(data) : undefined))
    if (whole) process.stdout.write(`\n── ${stage.name}\n${Buffer.concat(printed).toString()}`)
  }
  return outcomes
}

const build = await runStage(check('build', 'scripts/build.mjs'))
const lanes = [runStages([...checks, ...endToEnd], { whole: true }), runStages(tests)]
const outcomes = [build, ...(await Promise.all(lanes)).flat()]
rmSync(reports, { recursive: true, force: true })

process.stdout.write('\n')
for (const { name, counts, seconds, note } of outcomes) {
  const verdict = counts.failed > 0 ? 'FAILED' : counts.passed > 0 ? 'passed' : 'skipped'
  const detail = note === '' ? `${summaryLine(counts)}, ${seconds.toFixed(0)} s` : note
  process.stdout.write(`${verdict.padEnd(8)}${name.padEnd(22)}${detail}\n`)
}
for (const line of outcomes.flatMap(({ failures }) => failures)) {
  process.stdout.write(`FAILED  ${line}\n`)
}
const total = outcomes.reduce((sum, { counts }) => add(sum, counts), nothingCounted)
process.stdout.write(`${summaryLine(total)}\n`)
process.exitCode = total.failed > 0 ? 1 : 0
