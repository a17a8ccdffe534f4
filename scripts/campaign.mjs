// `npm run campaign -- NAME`: a test of the suite that finds more the longer it runs, at length.
import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { ensureBuilt } from './ensureBuilt.mjs'

/** For each, the test and the variables that make it long. */
const campaigns = {
  commands: {
    about: 'every command twenty times: does each process end?',
    test: 'test/integration/commands.test.ts',
    env: { PENKNIFE_ROUNDS: '20' },
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
const { test, env } = campaigns[/** @type {keyof typeof campaigns} */ (name)]
const vitest = path.resolve(import.meta.dirname, '../node_modules/vitest/vitest.mjs')
const { status } = spawnSync(process.execPath, [vitest, 'run', '--project=integration', test], {
  cwd: path.resolve(import.meta.dirname, '..'),
  env: { ...process.env, ...env },
  stdio: 'inherit',
})
process.exitCode = status ?? 1
