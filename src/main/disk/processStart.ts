import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'

/**
 * Something that distinguishes a process from a later one with the same pid; null where nothing
 * does.
 */
export async function processStart(pid: number): Promise<string | null> {
  try {
    if (process.platform === 'linux') return await linuxProcessStart(pid)
    if (process.platform === 'darwin') return await psStart(pid)
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
export async function processStartedAt(pid: number): Promise<number | null> {
  try {
    const at = await startTime(pid)
    return Number.isFinite(at) ? at : null
  } catch {
    // As above.
    return null
  }
}

async function startTime(pid: number): Promise<number> {
  if (process.platform === 'linux') {
    const ticks = Number((await linuxProcessStart(pid)).split(':')[1])
    const [uptime] = (await readFile('/proc/uptime', 'utf8')).split(' ')
    return Date.now() - Number(uptime) * 1000 + ticks * msPerTick
  }
  if (process.platform !== 'win32') return Date.parse(await psStart(pid))
  const start = `[DateTimeOffset]::new((Get-Process -Id ${String(pid)}).StartTime).ToUnixTimeMilliseconds()`
  return Number(await run('powershell.exe', ['-NoProfile', '-NonInteractive', '-Command', start]))
}

/** Linux reports times to programs in hundredths of a second, on every processor. */
const msPerTick = 10

/** Boot and start time in ticks since then: field 22 of `proc_pid_stat(5)`. */
async function linuxProcessStart(pid: number): Promise<string> {
  const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8')
  const stat = await readFile(`/proc/${String(pid)}/stat`, 'utf8')
  // The second field is the program's name in brackets and may contain anything.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return `${boot.trim()}:${fields[19] ?? ''}`
}

function psStart(pid: number): Promise<string> {
  return run('ps', ['-o', 'lstart=', '-p', String(pid)])
}

async function run(program: string, args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(program, [...args], { windowsHide: true })
  return stdout.trim()
}
