import { expect, test } from 'vitest'
import { createWaitingFiles } from '../../../../src/main/documents/importing/waitingFiles.ts'

const file = (id: string, bytes = 1) => ({ id, bytes })

test('files are taken in the order of their arrival, each once', () => {
  const waiting = createWaitingFiles()
  waiting.add([file('a'), file('b', 2)])
  waiting.add([file('a', 5), file('c')])
  expect(waiting.sizes()).toEqual([5, 2, 1])
  expect([waiting.takeFirst()?.id, waiting.takeFirst()?.id]).toEqual(['a', 'b'])
  waiting.forget(['c'])
  expect([waiting.isEmpty(), waiting.takeFirst()]).toEqual([true, undefined])
})

test('files that are put back come first, in their order', () => {
  const waiting = createWaitingFiles()
  waiting.add([file('c'), file('d')])
  waiting.putBack([file('a'), file('b')])
  const taken = [1, 2, 3, 4].map(() => waiting.takeFirst()?.id)
  expect(taken).toEqual(['a', 'b', 'c', 'd'])
})
