// `npm test`: every check and every test, one stage after another. A stage that fails does not keep
// the others from running; the last line sums them all up.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { findElectron, missingDesktop } from './electronBinary.mjs'
import { add, countVitest, nothingCounted, summaryLine } from './testCounts.mjs'

const root = path.resolve(import.meta.dirname, '..')
process.chdir(root)
const reports = mkdtempSync(path.join(tmpdir(), 'penknife-test-'))
const bin = (...parts) => path.join('node_modules', ...parts)
/** Minutes after which a stage hangs rather than works. */
const limitMinutes = 12

const check = (name, ...args) => ({ name, args, count: (ok) => (ok ? passed : failed) })
const passed = { ...nothingCounted, passed: 1 }
const failed = { ...nothingCounted, failed: 1 }
const skipped = { ...nothingCounted, skipped: 1 }

function vitest(name, project, { env = {}, skip = null } = {}) {
  const report = path.join(reports, `${name.replaceAll(' ', '-')}.json`)
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const args = [bin('vitest', 'vitest.mjs'), 'run', `--project=${project}`, ...reporters]
  return { name, args, env, skip, count: (ok) => countVitest(report, ok) }
}

function withoutElectron() {
  if (findElectron() === null) return 'Electron’s binary is not installed'
  return missingDesktop()
}

const stages = [
  check('build', 'scripts/build.mjs'),
  check('types', bin('typescript', 'bin', 'tsc'), '-b'),
  check('lint', bin('eslint', 'bin', 'eslint.js'), '.', '--max-warnings=0'),
  check('format', bin('prettier', 'bin', 'prettier.cjs'), '--check', '--log-level=warn', '.'),
  check('boundaries', 'scripts/boundaries.mjs'),
  check('unused code', bin('knip', 'bin', 'knip.js'), '--no-progress'),
  check('notices', 'scripts/notices.mjs', '--check'),
  vitest('unit', 'unit'),
  vitest('window', 'renderer'),
  vitest('integration', 'integration'),
  vitest('end to end, browser', 'e2e', { env: { PENKNIFE_E2E: 'browser' } }),
  vitest('end to end, Electron', 'e2e', {
    env: { PENKNIFE_E2E: 'electron' },
    skip: withoutElectron(),
  }),
]

/** Whether the stage ended well. Its processes are one group, so that none outlives it. */
function run({ name, args, env }) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, {
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...env },
      detached: process.platform !== 'win32',
    })
    const end = () => {
      if (process.platform === 'win32') child.kill('SIGKILL')
      else process.kill(-child.pid, 'SIGKILL')
    }
    const interrupt = () => {
      end()
      process.exit(130)
    }
    const timer = setTimeout(
      () => {
        process.stdout.write(`${name} took more than ${String(limitMinutes)} minutes: ended.\n`)
        end()
      },
      limitMinutes * 60 * 1000,
    )
    process.on('SIGINT', interrupt)
    process.on('SIGTERM', interrupt)
    child.once('error', () => resolve(false))
    child.once('exit', (code) => {
      clearTimeout(timer)
      process.off('SIGINT', interrupt)
      process.off('SIGTERM', interrupt)
      resolve(code === 0)
    })
  })
}

const outcomes = []
for (const stage of stages) {
  if (stage.skip) {
    process.stdout.write(`\n── ${stage.name}: skipped, because ${stage.skip}\n`)
    outcomes.push({ name: stage.name, counts: skipped, seconds: 0, note: stage.skip })
    continue
  }
  process.stdout.write(`\n── ${stage.name}\n`)
  const startedAt = Date.now()
  const ok = await run(stage)
  const seconds = (Date.now() - startedAt) / 1000
  outcomes.push({ name: stage.name, counts: stage.count(ok), seconds, note: '' })
}
rmSync(reports, { recursive: true, force: true })

process.stdout.write('\n')
for (const { name, counts, seconds, note } of outcomes) {
  const verdict = counts.failed > 0 ? 'FAILED' : counts.passed > 0 ? 'passed' : 'skipped'
  const detail = note === '' ? `${summaryLine(counts)}, ${seconds.toFixed(0)} s` : note
  process.stdout.write(`${verdict.padEnd(8)}${name.padEnd(22)}${detail}\n`)
}
const total = outcomes.reduce((sum, { counts }) => add(sum, counts), nothingCounted)
process.stdout.write(`${summaryLine(total)}\n`)
process.exitCode = total.failed > 0 ? 1 : 0
