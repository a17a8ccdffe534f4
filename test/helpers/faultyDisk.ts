import type * as Fs from 'node:fs/promises'
import path from 'node:path'

/*
 * A disk that fails at one chosen call, at the port to the system's files. Use it as
 *
 *     vi.mock('node:fs/promises', async (load) => breakDisk(await load()))
 */

/** How a call fails, and what the disk is like afterwards. */
export interface Fault {
  readonly code: 'ENOSPC' | 'EIO' | 'EACCES' | 'EROFS'
  /**
   * `once`: only this call fails. `lasting`: every later call that changes something fails too.
   * `dead`: so does every call, as if the process had been killed.
   */
  readonly until: 'once' | 'lasting' | 'dead'
  /**
   * `torn`: a write or copy that fails has written its first half, and a folder that can't be removed
   * has lost its first entry. `short`: a write takes half of the bytes
   * and says so, which is no failure; other calls are as usual.
   */
  readonly write?: 'torn' | 'short'
}

/** Which calls are counted: those that change files, those that only read, or flushes. */
export type CallKind = 'change' | 'read' | 'flush'

interface Plan {
  readonly at: number
  readonly fault: Fault
}

let plan: Plan | undefined
let counted: CallKind[] | undefined
let failed = 0

/**
 * Makes a call fail: the `at`th from now on, from 0. Without a fault, calls are only counted.
 */
export function armDisk(planned?: Plan): void {
  plan = planned
  counted = []
}

/** Repairs the disk. @returns the calls since `armDisk`, and how many of them failed. */
export function repairDisk(): { readonly calls: readonly CallKind[]; readonly failed: number } {
  const seen = { calls: counted ?? [], failed }
  plan = undefined
  counted = undefined
  failed = 0
  return seen
}

/** Counts a call. @returns the fault that it meets. */
function meet(kind: CallKind, isWrite = false): Fault | undefined {
  if (counted === undefined) return undefined
  const at = counted.push(kind) - 1
  if (plan === undefined || at < plan.at) return undefined
  const { until } = plan.fault
  const meets = at === plan.at || until === 'dead' || (until === 'lasting' && kind !== 'read')
  // A disk that is full or read-only can be read.
  if (kind === 'read' && (plan.fault.code === 'ENOSPC' || plan.fault.code === 'EROFS')) {
    return undefined
  }
  if (!meets || (plan.fault.write === 'short' && !isWrite)) return undefined
  failed += 1
  return plan.fault
}

function refuse(kind: CallKind, name: string): void {
  const fault = meet(kind)
  if (fault !== undefined) throw failure(fault, name)
}

/** An error like Node's own. */
function failure({ code }: Fault, syscall: string): Error {
  return Object.assign(new Error(`${code}: the disk fails on purpose, ${syscall}`), {
    code,
    syscall,
  })
}

const changing = ['mkdir', 'rename', 'link', 'unlink'] as const
const reading = ['readFile', 'readdir', 'stat'] as const

type Call = (...args: unknown[]) => Promise<unknown>

/** The system's files, on a disk that `armDisk` can break. */
export function breakDisk(fs: typeof Fs): typeof Fs {
  const broken: Record<string, unknown> = { ...fs }
  const wrap = (name: string, kind: CallKind): void => {
    const original = broken[name] as Call
    broken[name] = async (...args: unknown[]) => {
      refuse(kind, name)
      return original(...args)
    }
  }
  for (const name of changing) wrap(name, 'change')
  for (const name of reading) wrap(name, 'read')
  broken.rm = async (...args: Parameters<typeof Fs.rm>) => {
    const fault = meet('change')
    if (fault === undefined) return fs.rm(...args)
    if (fault.write === 'torn') await removeFirst(fs, String(args[0]))
    throw failure(fault, 'rm')
  }
  broken.copyFile = async (from: string, to: string) =>
    writeOrTear(await fs.readFile(from), (some) => fs.writeFile(to, some))
  broken.open = async (...args: Parameters<typeof Fs.open>) => {
    refuse(args[1] === 'r' ? 'read' : 'change', 'open')
    return breakHandle(await fs.open(...args))
  }
  for (const name of ['writeFile', 'appendFile'] as const) {
    const original = fs[name].bind(fs) as Call
    broken[name] = (file: unknown, data: string | Uint8Array, ...rest: unknown[]) =>
      writeOrTear(data, (some) => original(file, some, ...rest))
  }
  return broken as unknown as typeof Fs
}

async function removeFirst(fs: typeof Fs, folder: string): Promise<void> {
  const names = await fs.readdir(folder).catch(() => [])
  const [first] = names.sort()
  if (first !== undefined) await fs.rm(path.join(folder, first), { recursive: true })
}

function breakHandle(handle: Fs.FileHandle): Fs.FileHandle {
  const write = handle.write.bind(handle) as (
    bytes: Uint8Array,
    offset: number,
    length: number,
    position: number | null,
  ) => Promise<{ bytesWritten: number }>
  const writeFile = handle.writeFile.bind(handle) as Call
  const truncate = handle.truncate.bind(handle)
  const stat = handle.stat.bind(handle) as Call
  // Not really flushed: no test cuts the power, and thousands of flushes take minutes.
  const flush = (): Promise<void> => Promise.resolve().then(() => refuse('flush', 'fsync'))

  const broken: Partial<Record<keyof Fs.FileHandle, unknown>> = {
    async write(
      bytes: Uint8Array,
      offset = 0,
      length = bytes.length - offset,
      position: number | null = null,
    ) {
      const fault = meet('change', true)
      if (fault === undefined) return write(bytes, offset, length, position)
      if (fault.write === 'short') return write(bytes, offset, (length + 1) >> 1, position)
      if (fault.write === 'torn') await write(bytes, offset, length >> 1, position)
      throw failure(fault, 'write')
    },
    async writeFile(data: string | Uint8Array | AsyncIterable<string>) {
      const parts = typeof data === 'string' || data instanceof Uint8Array ? [data] : data
      for await (const part of parts) await writeOrTear(part, (some) => writeFile(some))
    },
    sync: flush,
    datasync: flush,
    async truncate(length: number) {
      refuse('change', 'ftruncate')
      return truncate(length)
    },
    async stat() {
      refuse('read', 'fstat')
      return stat()
    },
  }
  return Object.assign(handle, broken)
}

async function writeOrTear(
  data: string | Uint8Array,
  write: (data: Uint8Array) => Promise<unknown>,
): Promise<void> {
  const bytes = Buffer.from(data as string)
  const fault = meet('change')
  if (fault?.write === 'torn') await write(bytes.subarray(0, bytes.length >> 1))
  if (fault !== undefined) throw failure(fault, 'write')
  await write(bytes)
}
