import { expect, test } from 'vitest'
import { answerSentence } from '../../../src/shared/domain/conversation.ts'

const sentence = { start: 0, end: 2, text: 'So', citations: [] }

test('sentences of conversations from before support in part are read', () => {
  expect(answerSentence.parse({ ...sentence, supported: true })).toEqual({
    ...sentence,
    support: 'whole',
  })
  expect(answerSentence.parse({ ...sentence, supported: false })).toEqual({
    ...sentence,
    support: 'none',
  })
  expect(answerSentence.parse({ ...sentence, support: 'part' })).toEqual({
    ...sentence,
    support: 'part',
  })
  expect(answerSentence.safeParse(sentence).success).toBe(false)
})
