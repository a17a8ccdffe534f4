import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile, utimes, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { acquireLock } from '../../../src/main/disk/lock.ts'
import type { ProcessSystem } from '../../../src/main/disk/processStart.ts'
import { createTempDir } from '../../helpers/tempDir.ts'

const locked = { code: 'library-locked' }

test('is held by one process at a time, and can be taken once it is released', async () => {
  const root = await createTempDir()
  const file = path.join(root, 'lock.json')
  const lock = await acquireLock(file)
  await expect(acquireLock(file)).rejects.toMatchObject(locked)
  await lock.release()
  await (await acquireLock(file)).release()
  expect(await readdir(root)).toEqual([])
})

test('the lock of a dead process is taken over, by one process only', async () => {
  const file = path.join(await createTempDir(), 'lock.json')
  const child = spawn(process.execPath, ['-e', ''])
  const { pid } = child
  await once(child, 'exit')
  await writeFile(file, JSON.stringify({ pid, started: null, token: 'old' }))
  const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => acquireLock(file)))
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
})

test('the lock of another running process is respected', async () => {
  const file = path.join(await createTempDir(), 'lock.json')
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
  onTestFinished(() => void child.kill('SIGKILL'))
  await once(child, 'spawn')
  await writeFile(file, JSON.stringify({ pid: child.pid, started: null, token: 'other' }))
  await expect(acquireLock(file)).rejects.toMatchObject(locked)
})

test.runIf(process.platform === 'linux')('the lock of a reused pid is taken over', async () => {
  const file = path.join(await createTempDir(), 'lock.json')
  const lock = await acquireLock(file)
  const written = JSON.parse(await readFile(file, 'utf8')) as { started: string }
  expect(written.started).toMatch(/^[0-9a-f-]{36}:\d+$/)
  // This process is running, but the one that wrote the lock started at another time.
  await writeFile(file, JSON.stringify({ ...written, started: 'long ago', token: 'old' }))
  const taken = await acquireLock(file)
  // Releasing a lock that was taken over must not remove the new one.
  await lock.release()
  await expect(acquireLock(file)).rejects.toMatchObject(locked)
  await taken.release()
})

test('a lock that cannot be read is taken over', async () => {
  const file = path.join(await createTempDir(), 'lock.json')
  await writeFile(file, '')
  await (await acquireLock(file)).release()
})

test('a lock without a start time is taken over from a process that started after it', async () => {
  const file = path.join(await createTempDir(), 'lock.json')
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
  onTestFinished(() => void child.kill('SIGKILL'))
  await once(child, 'spawn')
  await writeFile(file, JSON.stringify({ pid: child.pid, started: null, token: 'old' }))
  const yesterday = new Date(Date.now() - 86_400_000)
  await utimes(file, yesterday, yesterday)
  await (await acquireLock(file)).release()
})

/** A process that is running, whichever it is: its start time is what the system says. */
const running = process.pid
const writtenAt = Date.UTC(2026, 10, 30, 12)

/** A lock that a process with the pid of this one has written at noon. */
async function lockOfNoon(started: string | null): Promise<string> {
  const file = path.join(await createTempDir(), 'lock.json')
  await writeFile(file, JSON.stringify({ pid: running, started, token: 'old' }))
  await utimes(file, writtenAt / 1000, writtenAt / 1000)
  return file
}

function says(platform: NodeJS.Platform, printed: string | Error): ProcessSystem {
  const answer = (): Promise<string> =>
    printed instanceof Error ? Promise.reject(printed) : Promise.resolve(printed)
  return { platform, read: answer, run: answer }
}

const missing = new Error('command not found')

test.each<readonly [string, string | null, ProcessSystem]>([
  [
    'macOS: started at another time',
    'Mon Nov 30 11:59:00 2026',
    says('darwin', 'Mon Nov 30 12:30:00 2026'),
  ],
  [
    'macOS: written by a version that knew no start',
    null,
    says('darwin', 'Mon Nov 30 12:30:00 2026'),
  ],
  ['Windows: started later', null, says('win32', String(writtenAt + 1_800_000))],
])('the lock of a dead process is taken over. %s', async (_, started, system) => {
  const file = await lockOfNoon(started)
  await (await acquireLock(file, system)).release()
})

test.each<readonly [string, string | null, ProcessSystem]>([
  ['macOS: the same start', 'Mon Nov 30 11:59:00 2026', says('darwin', 'Mon Nov 30 11:59:00 2026')],
  ['macOS: ps cannot be run', 'Mon Nov 30 11:59:00 2026', says('darwin', missing)],
  ['macOS: ps prints nothing', 'Mon Nov 30 11:59:00 2026', says('darwin', '')],
  ['Windows: started before', null, says('win32', String(writtenAt - 60_000))],
  ['Windows: PowerShell cannot be run', null, says('win32', missing)],
  ['Windows: PowerShell prints an error', null, says('win32', 'Get-Process : Cannot find')],
  ['Windows: PowerShell prints nothing', null, says('win32', '')],
  // The clock was set back after the lock was written.
  [
    'Windows: the lock seems to be of the future',
    null,
    says('win32', String(writtenAt - 3_600_000)),
  ],
])('the lock of a running process is respected. %s', async (_, started, system) => {
  const file = await lockOfNoon(started)
  await expect(acquireLock(file, system)).rejects.toMatchObject(locked)
})

test('a lock of the future is taken over from a dead process', async () => {
  const file = path.join(await createTempDir(), 'lock.json')
  const child = spawn(process.execPath, ['-e', ''])
  await once(child, 'exit')
  await writeFile(file, JSON.stringify({ pid: child.pid, started: null, token: 'old' }))
  const tomorrow = new Date(Date.now() + 86_400_000)
  await utimes(file, tomorrow, tomorrow)
  await (await acquireLock(file)).release()
})
