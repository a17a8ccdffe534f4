import { expect, test } from 'vitest'
import { createCallQueue } from '../../../src/main/llm/host/callQueue.ts'

const never = new AbortController().signal
const settled = () => new Promise((resolve) => setImmediate(resolve))

test('calls run in order', async () => {
  const queue = createCallQueue()
  const order: string[] = []
  const first = await queue.enter(never)
  const others = ['b', 'c'].map(async (name) => {
    const release = await queue.enter(never)
    order.push(name)
    release()
  })
  await settled()
  expect(order).toEqual([])
  first()
  await Promise.all(others)
  expect(order).toEqual(['b', 'c'])
})

test('a call that is aborted while it waits is skipped', async () => {
  const queue = createCallQueue()
  const first = await queue.enter(never)
  const controller = new AbortController()
  const second = queue.enter(controller.signal)
  const third = queue.enter(never)
  controller.abort()
  await expect(second).rejects.toMatchObject({ code: 'cancelled' })
  first()
  ;(await third)()
  await queue.enter(never)
})

test('releasing twice admits only one call', async () => {
  const queue = createCallQueue()
  const first = await queue.enter(never)
  first()
  const second = await queue.enter(never)
  first()
  let entered = false
  void queue.enter(never).then(() => (entered = true))
  await settled()
  expect(entered).toBe(false)
  second()
  await settled()
  expect(entered).toBe(true)
})

test('reading ahead is aborted when a call comes', async () => {
  const queue = createCallQueue()
  const ahead = await queue.enterAhead(never)
  expect(ahead.signal.aborted).toBe(false)
  const call = queue.enter(never)
  expect(ahead.signal.aborted).toBe(true)
  ahead.release()
  ;(await call)()
})

test('reading ahead that is still waiting is dropped when a call comes', async () => {
  const queue = createCallQueue()
  const running = await queue.enter(never)
  const ahead = queue.enterAhead(never)
  const call = queue.enter(never)
  await expect(ahead).rejects.toMatchObject({ code: 'cancelled' })
  running()
  ;(await call)()
})
