import { describe, expect, it } from 'vitest'
import { fillRoom, sourceOverhead, sourceText } from '../../../src/main/retrieval/fitSources.ts'
import { withTitles } from '../../../src/main/retrieval/titledPassages.ts'
import { createPassage, libraryDocumentOf } from '../../helpers/passages.ts'

const titleTokens = 2

/** A passage of sentences that take ten tokens each; they score as given. */
function measured(scores: readonly number[]) {
  const text = scores.map((score) => `It scores ${String(score)}.`).join(' ')
  const [evidence] = withTitles([createPassage('c', text)], libraryDocumentOf)
  if (evidence === undefined) throw new Error('The passage has no document.')
  const sentences = evidence.passage.sentences.map((sentence, index) => ({
    ...sentence,
    score: scores[index] ?? 0,
    tokens: 10,
  }))
  return { evidence, sentences, titleTokens }
}

const roomFor = (sentences: number): number => titleTokens + sourceOverhead + 10 * sentences

describe('a passage that is too long', () => {
  const kept = (scores: readonly number[], sentences: number): string[] =>
    fillRoom([measured(scores)], roomFor(sentences)).map(sourceText)

  it('grows from its best sentence towards the better side', () => {
    expect(kept([4, 5, 9, 1, 0], 3)).toEqual(['It scores 4. It scores 5. It scores 9.'])
    expect(kept([0, 1, 9, 5, 4], 3)).toEqual(['It scores 9. It scores 5. It scores 4.'])
  })
})
