// `npm run campaign -- NAME`: a test of the suite that finds more the longer it runs, at length.
import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { ensureBuilt } from './ensureBuilt.mjs'

/** For each, the test and the variables that make it long. */
const campaigns = {
  commands: {
    about: 'every command twenty times: does each process end?',
    project: 'integration',
    tests: ['test/integration/commands.test.ts'],
    env: { PENKNIFE_ROUNDS: '20' },
  },
  answers: {
    about: '5,000 random texts as answers and quotations: does the window show their letters?',
    project: 'e2e',
    tests: ['test/e2e/shownLetters.test.ts'],
    env: { PENKNIFE_ANSWERS: '5000' },
  },
  faults: {
    about:
      'every fault of the disk at every call of every change to a store, and every damage to every file',
    project: 'unit',
    tests: ['Faults.test.ts', 'damagedFiles.test.ts'],
    env: { PENKNIFE_FAULTS: 'all' },
  },
  bombs: {
    about: 'every file that is made to exhaust the parser: is each read or refused?',
    project: 'integration',
    tests: ['test/integration/bombs.test.ts'],
    env: { PENKNIFE_BOMBS: 'all' },
  },
}

const name = process.argv[2] ?? ''
if (!Object.hasOwn(campaigns, name)) {
  const lines = Object.entries(campaigns).map(
    ([one, { about }]) => `  ${one.padEnd(16)} ${about}\n`,
  )
  process.stderr.write(`Usage: npm run campaign -- NAME\n\n${lines.join('')}`)
  process.exit(2)
}
ensureBuilt()
const { project, tests, env } = campaigns[/** @type {keyof typeof campaigns} */ (name)]
const vitest = path.resolve(import.meta.dirname, '../node_modules/vitest/vitest.mjs')
const { status } = spawnSync(process.execPath, [vitest, 'run', `--project=${project}`, ...tests], {
  cwd: path.resolve(import.meta.dirname, '..'),
  env: { ...process.env, ...env },
  stdio: 'inherit',
})
process.exitCode = status ?? 1
