import { afterEach, expect, test, vi } from 'vitest'
import { parserCount } from '../../../src/main/parsing/parserCount.ts'
import { patienceFor } from '../../../src/main/parsing/parserPatience.ts'
import { createParserPool } from '../../../src/main/parsing/parserPool.ts'
import type { ParserProcess } from '../../../src/main/parsing/parserProcess.ts'
import { openPromise } from '../../helpers/openPromise.ts'

afterEach(() => void vi.useRealTimers())

function createPool(count: number) {
  const events: string[] = []
  let made = 0
  const pool = createParserPool((): ParserProcess => {
    made += 1
    const name = String(made)
    return {
      run: () => Promise.reject(new Error('not used here')),
      end: () => void events.push(`${name} ended`),
      dispose: () => void events.push(`${name} disposed`),
    }
  }, count)
  return { pool, events }
}

test('work waits for a free process, in its order', async () => {
  const { pool } = createPool(2)
  const used: ParserProcess[] = []
  const order: number[] = []
  const gates = [0, 1, 2, 3].map(() => openPromise())
  const all = gates.map((gate, index) =>
    pool.run((process) => {
      used.push(process)
      order.push(index)
      return gate.promise
    }),
  )
  await expect.poll(() => order).toEqual([0, 1])
  gates[1]?.reject(new Error('a bad file'))
  await expect(all[1]).rejects.toThrow('a bad file')
  expect(order).toEqual([0, 1, 2])
  for (const gate of gates) gate.resolve()
  await Promise.all([all[0], all[2], all[3]])
  expect(order).toEqual([0, 1, 2, 3])
  expect(new Set(used).size).toBe(2)
})

test('processes beyond the first end when they are idle, and not while they are used', async () => {
  vi.useFakeTimers()
  const { pool, events } = createPool(3)
  const gate = openPromise()
  const work = [1, 2].map(() => pool.run(() => gate.promise))
  await vi.advanceTimersByTimeAsync(60_000)
  expect(events).toEqual([])
  gate.resolve()
  await Promise.all(work)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(events).toEqual(['2 ended'])
  pool.dispose()
  expect(events).toEqual(['2 ended', '1 disposed', '2 disposed', '3 disposed'])
})

test('a small file gets a small time, and a hurried one less; no file gets more than all', () => {
  const sizes = [0, 1e3, 1e6, 1e7, 1e8, 1e9]
  for (const othersWait of [true, false]) {
    const times = sizes.map((bytes) => patienceFor(bytes, othersWait))
    for (const key of ['stallMs', 'totalMs'] as const) {
      const values = times.map((one) => one[key])
      expect(values).toEqual([...values].sort((a, b) => a - b))
    }
  }
  expect(patienceFor(50_000, true).stallMs).toBeLessThan(10_000)
  expect(patienceFor(50_000, false).stallMs).toBeLessThan(40_000)
  expect(patienceFor(1e9, false)).toEqual({ stallMs: 120_000, totalMs: 1_800_000 })
})

test('two cores read two files at once where there is memory, one core one', () => {
  const gibibyte = 1024
  expect(parserCount(1, 64 * gibibyte)).toBe(1)
  expect(parserCount(2, 4 * gibibyte)).toBe(1)
  expect(parserCount(2, 7.6 * gibibyte)).toBe(2)
  expect(parserCount(8, 7.6 * gibibyte)).toBe(2)
  expect(parserCount(16, 64 * gibibyte)).toBe(3)
})
