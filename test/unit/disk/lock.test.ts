import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { acquireLock } from '../../../src/main/disk/lock.ts'
import { createTempDir } from '../../helpers/tempDir.ts'

const locked = { code: 'library-locked' }

test('one at a time; the next when it is released', async () => {
  const root = await createTempDir()
  const file = path.join(root, 'lock.json')
  const lock = await acquireLock(file)
  await expect(acquireLock(file)).rejects.toMatchObject(locked)
  await lock.release()
  await (await acquireLock(file)).release()
  expect(await readdir(root)).toEqual([])
})

test('a lock of a process that is gone is taken over, by one only', async () => {
  const file = path.join(await createTempDir(), 'lock.json')
  const child = spawn(process.execPath, ['-e', ''])
  const { pid } = child
  await once(child, 'exit')
  await writeFile(file, JSON.stringify({ pid, started: null, token: 'old' }))
  const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => acquireLock(file)))
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
})

test('a lock of another living process holds', async () => {
  const file = path.join(await createTempDir(), 'lock.json')
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
  onTestFinished(() => void child.kill('SIGKILL'))
  await once(child, 'spawn')
  await writeFile(file, JSON.stringify({ pid: child.pid, started: null, token: 'other' }))
  await expect(acquireLock(file)).rejects.toMatchObject(locked)
})

test.runIf(process.platform === 'linux')('a pid that was given again does not hold', async () => {
  const file = path.join(await createTempDir(), 'lock.json')
  const lock = await acquireLock(file)
  const written = JSON.parse(await readFile(file, 'utf8')) as { started: string }
  expect(written.started).toMatch(/^[0-9a-f-]{36}:\d+$/)
  // This very process lives, but the one that wrote this started at another time.
  await writeFile(file, JSON.stringify({ ...written, started: 'long ago', token: 'old' }))
  const taken = await acquireLock(file)
  // The one that lost it must not remove the lock of the one that has it.
  await lock.release()
  await expect(acquireLock(file)).rejects.toMatchObject(locked)
  await taken.release()
})

test('a lock that cannot be read is taken over', async () => {
  const file = path.join(await createTempDir(), 'lock.json')
  await writeFile(file, '')
  await (await acquireLock(file)).release()
})
