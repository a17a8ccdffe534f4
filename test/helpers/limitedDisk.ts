import type * as Fs from 'node:fs/promises'

/*
 * A disk that is full when the test says so, at the port to the system's files. Use it as
 *
 *     vi.mock('node:fs/promises', async (load) => limitDisk(await load()))
 *
 * It fails as disks do: what fits is written, and the write reports fewer bytes.
 */

type Failure = 'ENOSPC' | 'EACCES' | 'EROFS'

interface Disk {
  /** Bytes that may still be written. */
  room: number
  /** The error of a write once the room is used up. */
  failure: Failure
  /** Whether each flush fails, as if data were lost on their way to the disk. */
  losesFlushes: boolean
  /** Whether truncating files fails too. */
  refusesCuts: boolean
}

const usual: Disk = { room: Infinity, failure: 'ENOSPC', losesFlushes: false, refusesCuts: false }
const disk: Disk = { ...usual }

/** Changes how the disk behaves, until `resetDisk`. */
export function setDisk(change: Partial<Disk>): void {
  Object.assign(disk, change)
}

/** Restores the usual behaviour; call it after each test. */
export function resetDisk(): void {
  Object.assign(disk, usual)
}

/** The system's files, on a disk that `setDisk` can fill. */
export function limitDisk(fs: typeof Fs): typeof Fs {
  return {
    ...fs,
    async open(...args: Parameters<typeof Fs.open>) {
      const isNew = typeof args[1] === 'string' && args[1].startsWith('w')
      if (isNew) refuseIfFull('open')
      return limitHandle(await fs.open(...args))
    },
    async mkdir(...args: Parameters<typeof Fs.mkdir>) {
      const isThere = await fs.stat(args[0]).then(
        () => true,
        () => false,
      )
      if (!isThere) refuseIfFull('mkdir')
      return fs.mkdir(...args)
    },
    async writeFile(...args: Parameters<typeof Fs.writeFile>) {
      refuseIfFull('write')
      return fs.writeFile(...args)
    },
    async copyFile(...args: Parameters<typeof Fs.copyFile>) {
      refuseIfFull('copyfile')
      return fs.copyFile(...args)
    },
    async link(...args: Parameters<typeof Fs.link>) {
      refuseIfFull('link')
      return fs.link(...args)
    },
  } as typeof Fs
}

function limitHandle(handle: Fs.FileHandle): Fs.FileHandle {
  const write = handle.write.bind(handle) as (
    bytes: Uint8Array,
    offset: number,
    length: number,
    position: number | null,
  ) => Promise<{ bytesWritten: number }>
  const truncate = handle.truncate.bind(handle)
  // Not really flushed: no test cuts the power, and thousands of flushes take minutes.
  const flush = (): Promise<void> =>
    disk.losesFlushes ? Promise.reject(failure('fsync')) : Promise.resolve()

  async function limited(
    bytes: Uint8Array,
    offset = 0,
    length = bytes.length - offset,
    position: number | null = null,
  ): Promise<{ bytesWritten: number }> {
    const fits = Math.min(length, disk.room)
    if (fits === 0 && length > 0) throw failure('write')
    disk.room -= fits
    return write(bytes, offset, fits, position)
  }

  async function writeAll(data: string | Uint8Array | Iterable<string> | AsyncIterable<string>) {
    const parts = typeof data === 'string' || data instanceof Uint8Array ? [data] : data
    for await (const part of parts) {
      const bytes = Buffer.from(part as string)
      for (let done = 0; done < bytes.length;) done += (await limited(bytes, done)).bytesWritten
    }
  }

  const limits: Partial<Record<keyof Fs.FileHandle, unknown>> = {
    write: limited,
    writeFile: writeAll,
    appendFile: writeAll,
    sync: flush,
    datasync: flush,
    truncate: (length: number) =>
      disk.refusesCuts ? Promise.reject(failure('ftruncate')) : truncate(length),
  }
  return Object.assign(handle, limits)
}

function refuseIfFull(call: string): void {
  if (disk.room === 0) throw failure(call)
}

/** An error like Node's own. */
function failure(call: string): Error {
  const code = disk.failure
  return Object.assign(new Error(`${code}: no more can be written, ${call}`), {
    code,
    syscall: call,
  })
}
