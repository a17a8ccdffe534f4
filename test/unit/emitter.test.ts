import { expect, test } from 'vitest'
import { createEmitter } from '../../src/shared/emitter.ts'
import { createLatch } from '../../src/shared/latch.ts'

test('an emitter calls its current listeners, in order', () => {
  const numbers = createEmitter<number>()
  const told: string[] = []
  const stop = numbers.on((value) => told.push(`first ${value}`))
  numbers.on((value) => told.push(`second ${value}`))
  numbers.emit(1)
  stop()
  numbers.emit(2)
  expect(numbers.hasListeners()).toBe(true)
  numbers.clear()
  numbers.emit(3)
  expect(numbers.hasListeners()).toBe(false)
  expect(told).toEqual(['first 1', 'second 1', 'second 2'])
})

test('a latch is released once, and calls later listeners at once', () => {
  const exit = createLatch<number>()
  const told: string[] = []
  exit.on((value) => {
    told.push(`before ${value}`)
    exit.on((same) => told.push(`meanwhile ${same}`))
  })
  const stop = exit.on((value) => told.push(`never ${value}`))
  stop()
  expect(exit.isReleased()).toBe(false)
  exit.release(1)
  exit.release(2)
  exit.on((value) => told.push(`after ${value}`))
  expect(exit.isReleased()).toBe(true)
  expect(told).toEqual(['before 1', 'meanwhile 1', 'after 1'])
})
