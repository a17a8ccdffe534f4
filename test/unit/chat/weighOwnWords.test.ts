import { expect, test } from 'vitest'
import { weighOwnWords } from '../../../src/main/chat/weighOwnWords.ts'
import { scoreSentences } from '../../../src/main/retrieval/keySentences.ts'
import { createPassage } from '../../helpers/passages.ts'

test('words added from earlier turns do not make the earlier answer win again', () => {
  const text =
    'Employees receive 25 days of annual leave. Up to five days may be carried over into the next year.'
  const completed = 'how many of them can be carried over: days annual leave employees receive'
  const score = (question: string, texts: Parameters<typeof scoreSentences>[1]) =>
    scoreSentences(question, texts, () => 1)
  const passage = createPassage('leave', text)
  const found = { ...passage, sentences: score(completed, [passage])[0] ?? [] }
  const best = (sentences: readonly { text: string; score: number }[]): string | undefined =>
    [...sentences].sort((a, b) => b.score - a.score)[0]?.text
  expect(best(found.sentences)).toMatch(/^Employees receive/)
  const [focused] = weighOwnWords('And how many of them can be carried over?', [found], score)
  expect(best(focused?.sentences ?? [])).toMatch(/^Up to five days/)
})
