import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile, utimes, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { acquireLock } from '../../../src/main/disk/lock.ts'
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
