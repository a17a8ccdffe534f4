// `npm run test:hard`: the whole suite on one core, with two busy loops. What passes here does not
// depend on a fast or idle machine. Takes the same arguments as `npm test`.
import { spawn, spawnSync } from 'node:child_process'
import { loadavg } from 'node:os'
import path from 'node:path'

/** A third of one core is a sixth of two. */
const stageMinutes = 90
/** Longer than the suite can take: the loops end by themselves if this process is killed. */
const longestHours = 6
const loadEveryMinutes = 5

/** The last core that this process may use, as `taskset` names it; null where there is no taskset. */
function lastCore() {
  if (process.platform !== 'linux') return null
  const told = spawnSync('taskset', ['-pc', String(process.pid)], { encoding: 'utf8' })
  return /(\d+)\s*$/u.exec(told.stdout ?? '')?.[1] ?? null
}

function tellLoad() {
  const figures = loadavg().map((load) => load.toFixed(1))
  process.stdout.write(`── load over 1, 5 and 15 minutes: ${figures.join(', ')}\n`)
}

const core = lastCore()
if (core === null) {
  process.stderr.write('This needs taskset, which only Linux has. “npm test” runs everywhere.\n')
  process.exit(1)
}

const until = Date.now() + longestHours * 3_600_000
const parent = String(process.pid)
const busy = `while (Date.now() < ${String(until)} && process.ppid === ${parent});`
const loops = [1, 2].map(() =>
  spawn('taskset', ['-c', core, process.execPath, '-e', busy], { stdio: 'ignore' }),
)
tellLoad()
const timer = setInterval(tellLoad, loadEveryMinutes * 60_000)
const suite = spawn(
  'taskset',
  [
    ...['-c', core, process.execPath, path.join(import.meta.dirname, 'test.mjs')],
    ...[`--stage-minutes=${String(stageMinutes)}`, ...process.argv.slice(2)],
  ],
  { stdio: 'inherit' },
)
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
  process.on(signal, () => suite.kill(signal))
}
suite.once('exit', (code) => {
  clearInterval(timer)
  for (const loop of loops) loop.kill('SIGKILL')
  process.exitCode = code ?? 1
})
