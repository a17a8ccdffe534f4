import { expect, test } from 'vitest'
import { createPause } from '../../../src/main/flow/pause.ts'

const never = new AbortController().signal

test('work waits until the pause ends', async () => {
  const pause = createPause()
  await pause.over(never)
  pause.begin()
  let over = 0
  const waiting = [pause.over(never), pause.over(never)].map((one) => one.then(() => (over += 1)))
  await Promise.resolve()
  expect([pause.isOn(), over]).toEqual([true, 0])
  pause.end()
  await Promise.all(waiting)
  expect([pause.isOn(), over]).toEqual([false, 2])
})

test('stopped work does not wait', async () => {
  const pause = createPause()
  pause.begin()
  const stopping = new AbortController()
  const waiting = pause.over(stopping.signal)
  stopping.abort()
  await waiting
  await pause.over(stopping.signal)
  expect(pause.isOn()).toBe(true)
})
