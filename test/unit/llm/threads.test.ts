import { expect, test } from 'vitest'
import { bestThreads, candidateCounts } from '../../../src/main/llm/host/threads.ts'

test('never more threads than cores are tried', () => {
  expect(candidateCounts(1, 1)).toEqual([1])
  expect(candidateCounts(2, 2)).toEqual([1, 2])
  expect(candidateCounts(4, 8)).toEqual([1, 2, 3, 4])
  expect(candidateCounts(16, 8)).toEqual([2, 4, 6, 7, 8])
})

test('reading and writing each get their own best count', () => {
  const measured = [
    { threads: 1, prefill: 110, generation: 32 },
    { threads: 2, prefill: 211, generation: 26 },
  ]
  expect(bestThreads(measured)).toEqual({ prefill: 2, generation: 1 })
})

test('fewer threads win if more are hardly faster', () => {
  const measured = [
    { threads: 4, prefill: 98, generation: 19 },
    { threads: 8, prefill: 100, generation: 19.5 },
  ]
  expect(bestThreads(measured)).toEqual({ prefill: 4, generation: 4 })
})

test('there is no best count without measurements', () => {
  expect(bestThreads([])).toBeNull()
})
