import { describe, expect, it } from 'vitest'
import { choiceTexts } from '../../../../src/main/chat/choice/choiceQuestions.ts'
import { weighChoice } from '../../../../src/main/chat/choice/weighChoice.ts'
import type { Llm } from '../../../../src/main/llm/llm.ts'
import { splitSentences } from '../../../../src/shared/domain/sentences.ts'
import { createFakeLlm, fakeInfo as info } from '../../../helpers/fakeLlm.ts'

const never = new AbortController().signal
const questions = choiceTexts.flatMap((one) => one.questions)

/** A model that gives a line a probability by what it says. */
function llmThatGives(weigh: (line: string, prompt: string) => number): Llm {
  return {
    ...createFakeLlm(),
    async *choose({ user }, candidates) {
      await Promise.resolve()
      const weights = candidates.map((line) => weigh(line, user))
      const sum = weights.reduce((total, one) => total + one, 0)
      yield {
        type: 'done',
        probabilities: weights.map((one) => one / sum),
        stop: 'end',
        tokens: { prompt: 1, reused: 0, generated: 1 },
      }
    },
  }
}

const knows = llmThatGives((line, prompt) => {
  const asked = questions.find(({ question }) => prompt.startsWith(`Question: ${question}`))
  return asked !== undefined && line.includes(asked.answer) ? 20 : 1
})

describe('the questions', () => {
  it.each(choiceTexts)(
    'about $title have one sentence each that answers',
    ({ text, questions }) => {
      const sentences = splitSentences(text).map(({ start, end }) => text.slice(start, end))
      for (const { answer } of questions) {
        expect(sentences.filter((one) => one.includes(answer))).toHaveLength(1)
      }
    },
  )
})

describe('weighChoice', () => {
  it('lets a model count that knows the answers', async () => {
    const fractions: number[] = []
    const deps = { llm: knows, info, now: () => 0 }
    const { choice, weights } = await weighChoice(deps, (one) => fractions.push(one), never)
    expect(choice).toMatchObject({ questions: 32, model: 32, together: 32, counts: 'both' })
    expect(choice.order).toBeLessThan(28)
    expect(weights?.model).toBeGreaterThan(0)
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b))
    expect(fractions.at(-1)).toBe(1)
  })

  it('lets the order decide where the model knows nothing', async () => {
    const deps = { llm: llmThatGives(() => 1), info, now: () => 0 }
    const { choice, weights } = await weighChoice(deps, () => undefined, never)
    expect(choice.counts).toBe('order')
    expect(choice.together).toBe(choice.order)
    expect(weights?.model).toBe(0)
  })

  it('stops after two minutes and then says nothing of a few questions', async () => {
    let at = 0
    const now = (): number => (at += 30_000)
    const deps = { llm: knows, info, now }
    const { choice, weights } = await weighChoice(deps, () => undefined, never)
    expect(weights).toBeNull()
    expect(choice.questions).toBeLessThan(6)
    expect(choice.counts).toBeNull()
  })

  it('can be stopped', async () => {
    const controller = new AbortController()
    const deps = { llm: knows, info, now: () => 0 }
    const weighing = weighChoice(deps, () => controller.abort(), controller.signal)
    await expect(weighing).rejects.toMatchObject({ code: 'cancelled' })
  })
})
