import { expect, test } from 'vitest'
import { createMutex } from '../../../src/main/flow/mutex.ts'

test('a task begins when those before it have succeeded or failed', async () => {
  const exclusive = createMutex()
  const told: string[] = []
  const task = (name: string, ends: () => Promise<unknown>) => async (): Promise<string> => {
    told.push(`${name} begins`)
    try {
      await ends()
    } finally {
      told.push(`${name} ends`)
    }
    return name
  }
  let finish = (): void => undefined
  const finished = new Promise<void>((resolve) => (finish = resolve))
  const first = exclusive(task('first', () => finished))
  const second = exclusive(task('second', () => Promise.reject(new Error('no'))))
  const third = exclusive(task('third', () => Promise.resolve()))
  finish()
  await expect(second).rejects.toThrow('no')
  expect(await Promise.all([first, third])).toEqual(['first', 'third'])
  expect(told).toEqual([
    'first begins',
    'first ends',
    'second begins',
    'second ends',
    'third begins',
    'third ends',
  ])
})
