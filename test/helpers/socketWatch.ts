import { readdirSync, readFileSync, readlinkSync } from 'node:fs'

/** An internet socket of a process, from the kernel's tables. */
export interface SeenSocket {
  readonly pid: number
  readonly protocol: string
  /** `address:port` of both ends; the remote end is all zeros while there is none. */
  readonly local: string
  readonly remote: string
}

export interface SocketWatch {
  /** Stops watching. @returns every socket that was seen, each once. */
  stop(): readonly SeenSocket[]
  /** How often the tables were read. */
  readonly rounds: () => number
}

const tables = ['tcp', 'tcp6', 'udp', 'udp6', 'raw', 'raw6'] as const

/**
 * Watches the internet sockets of a process and all its descendants from outside, through Linux's
 * /proc, so that native code counts as well. Reads the tables every few milliseconds; a socket that
 * lives shorter than that may be missed, but not a connection attempt to another machine.
 */
export function watchSockets(root: number, everyMs = 5): SocketWatch {
  const seen = new Map<string, SeenSocket>()
  let rounds = 0
  const look = (): void => {
    rounds += 1
    const owners = socketOwners(processTree(root))
    if (owners.size === 0) return
    for (const protocol of tables) {
      for (const row of tableRows(protocol)) {
        const pid = owners.get(row.inode)
        if (pid === undefined) continue
        const socket = { pid, protocol, local: row.local, remote: row.remote }
        seen.set(`${protocol} ${row.local} ${row.remote}`, socket)
      }
    }
  }
  const timer = setInterval(look, everyMs)
  return {
    rounds: () => rounds,
    stop() {
      clearInterval(timer)
      look()
      return [...seen.values()]
    },
  }
}

/** Whether a socket stays on this machine: both ends on loopback, or no remote end yet. */
export function staysOnMachine({ local, remote }: Pick<SeenSocket, 'local' | 'remote'>): boolean {
  return isLoopback(local) && (isLoopback(remote) || isUnset(remote))
}

function isLoopback(end: string): boolean {
  return end.startsWith('127.') || end.startsWith('::1:') || end.startsWith('::ffff:127.')
}

function isUnset(end: string): boolean {
  return end.startsWith('0.0.0.0:') || end.startsWith(':::')
}

/** The process and its descendants. */
export function processTree(root: number): number[] {
  const children = new Map<number, number[]>()
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/u.test(name)) continue
    const parent = parentOf(Number(name))
    if (parent !== null) children.set(parent, [...(children.get(parent) ?? []), Number(name)])
  }
  const tree: number[] = []
  const waiting = [root]
  for (let pid = waiting.pop(); pid !== undefined; pid = waiting.pop()) {
    tree.push(pid)
    waiting.push(...(children.get(pid) ?? []))
  }
  return tree
}

function parentOf(pid: number): number | null {
  const stat = read(`/proc/${String(pid)}/stat`)
  // The name, in brackets, may contain anything; the parent is the second field after it.
  const parent = stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[1]
  return parent === undefined ? null : Number(parent)
}

function socketOwners(pids: readonly number[]): Map<string, number> {
  const owners = new Map<string, number>()
  for (const pid of pids) {
    for (const target of openFiles(pid)) {
      const inode = /^socket:\[(\d+)\]$/u.exec(target)?.[1]
      if (inode !== undefined) owners.set(inode, pid)
    }
  }
  return owners
}

function openFiles(pid: number): string[] {
  const folder = `/proc/${String(pid)}/fd`
  try {
    return readdirSync(folder).flatMap((name) => link(`${folder}/${name}`) ?? [])
  } catch (error) {
    return gone(error, [])
  }
}

function link(file: string): string | null {
  try {
    return readlinkSync(file)
  } catch (error) {
    return gone(error, null)
  }
}

function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    return gone(error, null)
  }
}

/** Processes and their files can disappear while they are read. */
function gone<T>(error: unknown, fallback: T): T {
  const code = (error as NodeJS.ErrnoException).code
  if (code === 'ENOENT' || code === 'ESRCH' || code === 'EACCES') return fallback
  throw error
}

function tableRows(protocol: string): { local: string; remote: string; inode: string }[] {
  const text = read(`/proc/net/${protocol}`) ?? ''
  return text
    .split('\n')
    .slice(1)
    .flatMap((line) => {
      const fields = line.trim().split(/\s+/u)
      const [, local, remote] = fields
      const inode = fields[9]
      if (local === undefined || remote === undefined || inode === undefined) return []
      return [{ local: address(local), remote: address(remote), inode }]
    })
}

/** `0100007F:1F90` is 127.0.0.1:8080: each 32-bit word in the byte order of the machine. */
export function address(hex: string): string {
  const [host = '', port = '0'] = hex.split(':')
  const bytes = (host.match(/.{8}/gu) ?? []).flatMap((word) =>
    (word.match(/../gu) ?? []).reverse().map((byte) => parseInt(byte, 16)),
  )
  const number = parseInt(port, 16)
  if (bytes.length === 4) return `${bytes.join('.')}:${String(number)}`
  const mapped = bytes.slice(0, 10).every((byte) => byte === 0) && bytes[10] === 0xff
  if (mapped) return `::ffff:${bytes.slice(12).join('.')}:${String(number)}`
  const rest = bytes.slice(0, 15).every((byte) => byte === 0)
  if (rest) return `${bytes[15] === 1 ? '::1' : '::'}:${String(number)}`
  const groups = bytes.flatMap((byte, index) =>
    index % 2 === 0 ? [((byte << 8) | (bytes[index + 1] ?? 0)).toString(16)] : [],
  )
  return `${groups.join(':')}:${String(number)}`
}
