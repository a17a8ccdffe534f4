import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'

/** What tells about processes. */
export interface ProcessSystem {
  readonly platform: NodeJS.Platform
  /** Reads a file of the system. */
  readonly read: (file: string) => Promise<string>
  /** Runs a program. @returns what it prints, without the spaces around it. */
  readonly run: (program: string, args: readonly string[]) => Promise<string>
}

const thisSystem: ProcessSystem = {
  platform: process.platform,
  read: (file) => readFile(file, 'utf8'),
  async run(program, args) {
    // In one language and time zone: two starts may have others, and times are compared as texts.
    const env = { ...process.env, LC_ALL: 'C', TZ: 'UTC' }
    const { stdout } = await promisify(execFile)(program, [...args], { windowsHide: true, env })
    return stdout.trim()
  },
}

/**
 * Something that distinguishes a process from a later one with the same pid; null where nothing
 * does.
 */
export async function processStart(
  pid: number,
  system: ProcessSystem = thisSystem,
): Promise<string | null> {
  try {
    if (system.platform === 'linux') return await linuxProcessStart(pid, system)
    if (system.platform === 'darwin') return await psStart(pid, system)
    return null
  } catch {
    // No such process, or a system that does not report it: the pid alone has to suffice.
    return null
  }
}

/**
 * When a process started, in milliseconds since 1970; null where the system does not say. Slower
 * than `processStart`, and less exact.
 */
export async function processStartedAt(
  pid: number,
  system: ProcessSystem = thisSystem,
): Promise<number | null> {
  try {
    const at = await startTime(pid, system)
    return Number.isFinite(at) ? at : null
  } catch {
    // As above.
    return null
  }
}

async function startTime(pid: number, system: ProcessSystem): Promise<number> {
  if (system.platform === 'linux') {
    const ticks = Number((await linuxProcessStart(pid, system)).split(':')[1])
    const [uptime] = (await system.read('/proc/uptime')).split(' ')
    return Date.now() - Number(uptime) * 1000 + ticks * msPerTick
  }
  if (system.platform !== 'win32') return Date.parse(`${await psStart(pid, system)} UTC`)
  const start = `[DateTimeOffset]::new((Get-Process -Id ${String(pid)}).StartTime).ToUnixTimeMilliseconds()`
  const printed = await system.run('powershell.exe', [
    '-NoProfile',
    '-NonInteractive',
    '-Command',
    start,
  ])
  return /^\d+$/u.test(printed) ? Number(printed) : NaN
}

/** Linux reports times to programs in hundredths of a second, on every processor. */
const msPerTick = 10

/** Boot and start time in ticks since then: field 22 of `proc_pid_stat(5)`. */
async function linuxProcessStart(pid: number, { read }: ProcessSystem): Promise<string> {
  const boot = await read('/proc/sys/kernel/random/boot_id')
  const stat = await read(`/proc/${String(pid)}/stat`)
  // The second field is the program's name in brackets and may contain anything.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return `${boot.trim()}:${fields[19] ?? ''}`
}

async function psStart(pid: number, { run }: ProcessSystem): Promise<string> {
  const started = await run('ps', ['-o', 'lstart=', '-p', String(pid)])
  if (started === '') throw new Error('ps knows no such process')
  return started
}
