import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createWatchdog } from '../../../src/main/processes/watchdog.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

function create(limitMs = 1_000) {
  let hangs = 0
  const watchdog = createWatchdog({ limitMs: () => limitMs, onHang: () => (hangs += 1) })
  return { ...watchdog, hangs: () => hangs }
}

function open(): { work: Promise<void>; end: () => void; fail: (error: Error) => void } {
  let end = (): void => undefined
  let fail = (_: Error): void => undefined
  const work = new Promise<void>((resolve, reject) => {
    end = resolve
    fail = reject
  })
  return { work, end, fail }
}

test('there is no hang without work', async () => {
  const { hangs, beat } = create()
  beat()
  await vi.advanceTimersByTimeAsync(10_000)
  expect([hangs(), vi.getTimerCount()]).toEqual([0, 0])
})

test('silence for the time limit is reported once', async () => {
  const { hangs, watch } = create()
  void watch(open().work)
  await vi.advanceTimersByTimeAsync(999)
  expect(hangs()).toBe(0)
  await vi.advanceTimersByTimeAsync(1)
  expect(hangs()).toBe(1)
  await vi.advanceTimersByTimeAsync(10_000)
  expect(hangs()).toBe(1)
})

test('each sign of life restarts the time, however long the work takes', async () => {
  const { hangs, watch, beat } = create()
  void watch(open().work)
  for (let time = 0; time < 20; time += 1) {
    await vi.advanceTimersByTimeAsync(900)
    beat()
  }
  expect(hangs()).toBe(0)
  await vi.advanceTimersByTimeAsync(1_000)
  expect(hangs()).toBe(1)
})

test('finished work is no longer watched, and passes on its result or error', async () => {
  const { hangs, watch } = create()
  const [done, failed] = [open(), open()]
  const watched = [watch(done.work), watch(failed.work)]
  done.end()
  failed.fail(new Error('no'))
  expect((await Promise.allSettled(watched)).map(({ status }) => status)).toEqual([
    'fulfilled',
    'rejected',
  ])
  await vi.advanceTimersByTimeAsync(10_000)
  expect([hangs(), vi.getTimerCount()]).toEqual([0, 0])
})

test('the end of one task is a sign of life for the others, which are still watched', async () => {
  const { hangs, watch } = create()
  const first = open()
  void watch(first.work)
  void watch(open().work)
  await vi.advanceTimersByTimeAsync(900)
  first.end()
  await vi.advanceTimersByTimeAsync(900)
  expect(hangs()).toBe(0)
  await vi.advanceTimersByTimeAsync(100)
  expect(hangs()).toBe(1)
})

test('a clock that jumps, as after sleep mode, is no hang', () => {
  let now = 0
  let hangs = 0
  const waiting: { at: number; go: () => void }[] = []
  const later = (go: () => void, ms: number): number => waiting.push({ at: now + ms, go })
  vi.spyOn(globalThis, 'setTimeout').mockImplementation(later as unknown as typeof setTimeout)
  const watchdog = createWatchdog({ limitMs: () => 1_000, onHang: () => (hangs += 1) })
  void watchdog.watch(open().work)
  now += 3_600_000
  for (const { go } of waiting.splice(0)) go()
  expect(hangs).toBe(0)
  expect(waiting.map(({ at }) => at - now)).toEqual([200])
  vi.restoreAllMocks()
})
