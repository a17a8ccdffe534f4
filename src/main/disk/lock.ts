import { randomUUID } from 'node:crypto'
import { readFile, stat, writeFile } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import { AppError } from '../../shared/errors.ts'
import { remove } from './durableFile.ts'
import { parseJson } from './jsonFile.ts'
import { processStart, processStartedAt, type ProcessSystem } from './processStart.ts'
import { systemErrorCode, whenMissing } from './systemError.ts'
import { explainWrite } from './writeErrors.ts'
import { folderInPlace } from './wrongKind.ts'

export interface LibraryLock {
  release(): Promise<void>
}

const owner = z.object({
  pid: z.number().int().positive(),
  /** When that process started, as the system reports it: pids are reused, start times aren't. */
  started: z.string().nullable(),
  token: z.string(),
})
type Owner = z.infer<typeof owner>

/**
 * Makes this process the only one that has the library open. A lock whose process is gone is taken
 * over.
 *
 * @param file its folder is there: see `makeDataFolder`.
 * @param system this one, unless a test pretends to be on another.
 * @throws AppError `library-locked` while another process has it.
 */
export async function acquireLock(file: string, system?: ProcessSystem): Promise<LibraryLock> {
  const own: Owner = {
    pid: process.pid,
    started: await processStart(process.pid, system),
    token: randomUUID(),
  }
  if (!(await createExclusively(file, own))) await takeOver(file, own, system)
  return {
    async release() {
      // Someone else's lock (after this one was taken over by mistake) is not ours to remove.
      if ((await readOwner(file))?.token === own.token) await remove(file)
    },
  }
}

/**
 * Replaces the lock of a dead process. A second lock guards the step: without it, two processes
 * that found the same dead lock could each remove what the other has just written.
 */
async function takeOver(file: string, own: Owner, system?: ProcessSystem): Promise<void> {
  const guard = `${file}.takeover`
  for (let attempt = 0; attempt < 20; attempt += 1) {
    if (await isHeld(file, system)) throw locked()
    if (await createExclusively(guard, own)) {
      try {
        if (await isHeld(file, system)) throw locked()
        await remove(file)
        if (await createExclusively(file, own)) return
      } finally {
        await remove(guard)
      }
    } else if (!(await isHeld(guard, system))) {
      await remove(guard)
    }
    await delay(25)
  }
  throw locked()
}

function locked(): AppError {
  return new AppError(
    'library-locked',
    'Penknife already has this library open. Close the other Penknife, or choose another folder for its data.',
  )
}

async function createExclusively(file: string, own: Owner): Promise<boolean> {
  try {
    await writeFile(file, `${JSON.stringify(own)}\n`, { flag: 'wx' })
    return true
  } catch (error) {
    if (systemErrorCode(error) === 'EEXIST') return false
    throw explainWrite(error)
  }
}

async function readOwner(file: string): Promise<Owner | undefined> {
  const text = await readFile(file, 'utf8').catch(folderInPlace(file)).catch(whenMissing(undefined))
  return text === undefined ? undefined : parseJson(text, owner)
}

/** Whether a living process has the lock. One that cannot be read may be half written: wait. */
async function isHeld(file: string, system?: ProcessSystem): Promise<boolean> {
  for (let attempt = 0; attempt < 10; attempt += 1) {
    const found = await readOwner(file)
    if (found !== undefined) return isAlive(found, file, system)
    await delay(20)
  }
  return false
}

async function isAlive(
  { pid, started }: Owner,
  file: string,
  system?: ProcessSystem,
): Promise<boolean> {
  try {
    process.kill(pid, 0)
  } catch (error) {
    // EPERM: it exists and belongs to someone else.
    if (systemErrorCode(error) !== 'EPERM') return false
  }
  if (started === null) return !(await startedAfter(pid, file, system))
  const now = await processStart(pid, system)
  return now === null || started === now
}

/** Milliseconds that clocks and file systems may differ by. */
const clockMs = 5_000

/** Whether a process started after a lock was written, so that it can't be the one that wrote it. */
async function startedAfter(pid: number, file: string, system?: ProcessSystem): Promise<boolean> {
  const startedAt = await processStartedAt(pid, system)
  const written = await stat(file).catch(whenMissing(undefined))
  if (startedAt === null || written === undefined) return false
  return startedAt > written.mtimeMs + clockMs
}
