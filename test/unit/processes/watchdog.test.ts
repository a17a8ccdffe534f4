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

test('nothing is a hang while nothing is waited for', async () => {
  const { hangs, beat } = create()
  beat()
  await vi.advanceTimersByTimeAsync(10_000)
  expect([hangs(), vi.getTimerCount()]).toEqual([0, 0])
})

test('silence for as long as the limit is told once', async () => {
  const { hangs, watch } = create()
  void watch(open().work)
  await vi.advanceTimersByTimeAsync(999)
  expect(hangs()).toBe(0)
  await vi.advanceTimersByTimeAsync(1)
  expect(hangs()).toBe(1)
  await vi.advanceTimersByTimeAsync(10_000)
  expect(hangs()).toBe(1)
})

test('a sign of life begins the time anew, however long the whole takes', async () => {
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

test('work that ended is not waited for, and passes on what it came to', async () => {
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

test('the end of one is a sign of life for the others, which are still waited for', async () => {
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

test('a clock that jumps, as after a sleep, is no hang', () => {
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
