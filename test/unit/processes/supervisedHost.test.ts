import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { procedure } from '../../../src/shared/rpc/contract.ts'
import { superviseHost } from '../../../src/main/processes/supervisedHost.ts'
import { createFakeHosts } from '../../helpers/fakeHost.ts'

const contract = {
  echo: { say: procedure({ input: z.string(), output: z.string() }) },
  never: { answer: procedure({}) },
}

function create() {
  const hosts = createFakeHosts(contract, () => ({
    echo: { say: (text) => text },
    never: { answer: () => new Promise<void>(() => undefined) },
  }))
  return { hosts, host: superviseHost(contract, { start: hosts.start, entry: 'embedder.host' }) }
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] })
})
afterEach(() => {
  vi.useRealTimers()
})

test('the process starts when it is first needed, once', async () => {
  const { hosts, host } = create()
  expect([hosts.started.length, host.pid]).toEqual([0, undefined])
  expect(await host.client().echo.say('a')).toBe('a')
  expect(await host.client().echo.say('b')).toBe('b')
  expect([hosts.started.length, host.pid]).toEqual([1, 1])
})

test('a crash rejects running calls and is reported, and the next call starts a new process', async () => {
  const { hosts, host } = create()
  const crashes: unknown[] = []
  host.onCrash((exit) => crashes.push(exit))
  const waiting = host.client().never.answer()
  hosts.started[0]?.crash({ code: 134, signal: null })
  await expect(waiting).rejects.toMatchObject({ code: 'disconnected' })
  expect(crashes).toEqual([{ code: 134, signal: null }])
  expect(await host.client().echo.say('again')).toBe('again')
  expect(host.pid).toBe(2)
})

test('restarts wait longer after each crash, until a process has lived long', async () => {
  const { hosts, host } = create()
  const crash = (): void => {
    host.client()
    hosts.started.at(-1)?.crash()
  }
  crash()
  expect(host.waitMs).toBe(0)
  crash()
  expect(host.waitMs).toBe(1_000)
  expect(() => host.client()).toThrow(expect.objectContaining({ code: 'host-crashed' }) as Error)
  vi.advanceTimersByTime(1_000)
  crash()
  expect(host.waitMs).toBe(5_000)
  vi.advanceTimersByTime(5_000)
  expect(await host.client().echo.say('up')).toBe('up')
  vi.advanceTimersByTime(61_000)
  crash()
  expect(host.waitMs).toBe(0)
})

test('stopping ends the process without counting as a crash', async () => {
  const { hosts, host } = create()
  let crashes = 0
  host.onCrash(() => (crashes += 1))
  host.client()
  host.stop()
  expect([hosts.started[0]?.alive, host.pid, crashes]).toEqual([false, undefined, 0])
  expect(await host.client().echo.say('new')).toBe('new')
})

test('giving up rejects waiting calls, counts as a crash, and ends the process', async () => {
  const { hosts, host } = create()
  const crashes: unknown[] = []
  host.onCrash((exit) => crashes.push(exit))
  const waiting = host.client().never.answer()
  host.giveUp()
  await expect(waiting).rejects.toMatchObject({ code: 'disconnected' })
  expect(crashes).toEqual([{ code: null, signal: null, hung: true }])
  expect([hosts.started[0]?.alive, host.pid]).toEqual([false, undefined])
  host.giveUp()
  expect(crashes).toHaveLength(1)
  expect(await host.client().echo.say('again')).toBe('again')
})

test('a process that cannot be killed is abandoned', async () => {
  const { hosts, host } = create()
  const waiting = host.client().never.answer()
  const [first] = hosts.started
  if (first !== undefined) first.kill = () => undefined
  host.giveUp()
  await expect(waiting).rejects.toMatchObject({ code: 'disconnected' })
  expect(await host.client().echo.say('again')).toBe('again')
  expect(hosts.started.map(({ alive }) => alive)).toEqual([true, true])
})

test('a process that is being debugged is not ended as hung', async () => {
  const { hosts } = create()
  const host = superviseHost(contract, {
    start: () => Object.assign(hosts.start('embedder.host'), { inspected: true }),
    entry: 'embedder.host',
  })
  expect(await host.client().echo.say('a')).toBe('a')
  host.giveUp()
  expect(await host.client().echo.say('b')).toBe('b')
  expect(hosts.started.map(({ alive }) => alive)).toEqual([true])
})
