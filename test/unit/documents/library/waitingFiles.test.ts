import { expect, test } from 'vitest'
import { createWaitingFiles } from '../../../../src/main/documents/importing/waitingFiles.ts'

const file = (id: string, bytes = 1) => ({ id, bytes })
const any = () => true

test('files are taken in the order of their arrival, each once', () => {
  const waiting = createWaitingFiles()
  waiting.add([file('a'), file('b', 2)])
  waiting.add([file('a', 5), file('c')])
  expect(waiting.sizes()).toEqual([5, 2, 1])
  expect([waiting.takeFirst(any)?.id, waiting.takeFirst(any)?.id]).toEqual(['a', 'b'])
  waiting.forget(['c'])
  expect([waiting.isEmpty(), waiting.takeFirst(any)]).toEqual([true, undefined])
})

test('files that are put back come first, in their order', () => {
  const waiting = createWaitingFiles()
  waiting.add([file('c'), file('d')])
  waiting.putBack([file('a'), file('b')])
  const taken = [1, 2, 3, 4].map(() => waiting.takeFirst(any)?.id)
  expect(taken).toEqual(['a', 'b', 'c', 'd'])
})

test('slow files come after those that arrive later, and stay slow', () => {
  const waiting = createWaitingFiles()
  waiting.add([{ ...file('slow'), isSlow: true }, file('a')])
  waiting.add([file('slow', 5), file('b')])
  expect(waiting.sizes()).toEqual([1, 1, 5])
  waiting.putBack([file('first'), { ...file('slower'), isSlow: true }])
  const taken = [1, 2, 3, 4, 5].map(() => waiting.takeFirst(any)?.id)
  expect(taken).toEqual(['first', 'a', 'b', 'slower', 'slow'])
})

test('the first file that fits is taken', () => {
  const waiting = createWaitingFiles()
  waiting.add([file('large', 9), file('small', 1)])
  expect(waiting.takeFirst(({ bytes }) => bytes < 5)?.id).toBe('small')
  expect(waiting.takeFirst(({ bytes }) => bytes < 5)).toBeUndefined()
  expect(waiting.isEmpty()).toBe(false)
})
