import { expect, test } from 'vitest'
import { createCrashPolicy } from '../../../src/main/models/crashPolicy.ts'

function atTime() {
  let now = 0
  return { policy: createCrashPolicy(() => now), pass: (ms: number) => void (now += ms) }
}

test('after repeated crashes the model is given up', () => {
  const { policy, pass } = atTime()
  const again = [1, 2, 3, 4].map(() => {
    pass(1_000)
    return policy.crashed(false)
  })
  expect(again).toEqual([true, true, true, false])
})

test('a crash after a long time without one counts as the first', () => {
  const { policy, pass } = atTime()
  for (let crashes = 0; crashes < 5; crashes += 1) {
    expect(policy.crashed(false)).toBe(true)
    pass(10 * 60_000)
  }
})

test('a model that was given up is retried for a later question, not at once', () => {
  const { policy, pass } = atTime()
  const crash = { code: 'host-crashed', message: '' } as const
  policy.crashed(false)
  expect(policy.mayRetry(crash)).toBe(false)
  pass(10 * 60_000)
  expect(policy.mayRetry(crash)).toBe(true)
})

test('a missing file or a lack of memory is retried at once; a bad file is not', () => {
  const { policy } = atTime()
  policy.crashed(false)
  expect(policy.mayRetry({ code: 'model-missing', message: '' })).toBe(true)
  expect(policy.mayRetry({ code: 'out-of-memory', message: '' })).toBe(true)
  expect(policy.mayRetry({ code: 'model-load-failed', message: '' })).toBe(false)
})

test('a crash on the graphics card is remembered and reported', () => {
  const { policy } = atTime()
  policy.crashed(false)
  expect([policy.gpuFailed(), policy.notice()]).toEqual([false, null])
  policy.crashed(true)
  expect(policy.gpuFailed()).toBe(true)
  expect(policy.notice()?.message).toContain('graphics card')
})
