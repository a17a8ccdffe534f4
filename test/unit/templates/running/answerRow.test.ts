import { expect, it } from 'vitest'
import type { ChooseItem } from '../../../../src/main/llm/llm.ts'
import { createArmAnswerer, type Way } from '../../../../src/main/templates/running/answerRow.ts'
import { createVectorCache } from '../../../../src/main/templates/running/nearestExamples.ts'
import { createFakeEmbedder } from '../../../helpers/fakeEmbedder.ts'
import { createFakeLlm } from '../../../helpers/fakeLlm.ts'
import { labelTemplate } from '../../../helpers/templates.ts'

const calibrated: Way = {
  method: 'calibrated-probability',
  examples: { kind: 'all' },
  sources: false,
  grammar: true,
}

/** A model with a bias for "good": its probability for each input without content. */
const leans: Readonly<Record<string, number>> = { 'N/A': 0.9, '': 0.8, '[MASK]': 0.7 }

function setUp() {
  const inputs: string[] = []
  const llm = createFakeLlm()
  async function* choose(
    { user }: Parameters<typeof llm.choose>[0],
    candidates: readonly string[],
  ): AsyncGenerator<ChooseItem> {
    await Promise.resolve()
    expect(candidates).toEqual(['good', 'bad'])
    const input = user.slice(user.lastIndexOf('Input: ') + 'Input: '.length, -'\nOutput:'.length)
    inputs.push(input)
    const good = leans[input] ?? 0.7
    const tokens = { prompt: 10, reused: 4, generated: 1 }
    yield { type: 'done', probabilities: [good, 1 - good], stop: 'end', tokens }
  }
  const answering = (template = labelTemplate()) =>
    createArmAnswerer(
      {
        llm: { ...llm, choose },
        vectors: createVectorCache(createFakeEmbedder()),
        findSources: () => Promise.resolve([]),
      },
      template,
      calibrated,
    )
  return { inputs, answering }
}

const { signal } = new AbortController()

it('divides the probability of a label by that for inputs without content', async () => {
  const { inputs, answering } = setUp()
  const arm = answering()
  const answer = await arm.answer({ INPUT: 'It was fine.' }, 2048, () => undefined, signal)
  // The lean is (0.9 + 0.8 + 0.7) / 3 = 0.8 to 0.2. 0.7 / 0.8 = 0.875 and 0.3 / 0.2 = 1.5:
  // 0.875 / 2.375 = 7 / 19, and 1.5 / 2.375 = 12 / 19.
  expect(answer.probabilities?.good).toBeCloseTo(7 / 19, 12)
  expect(answer.probabilities?.bad).toBeCloseTo(12 / 19, 12)
  expect(answer.reply).toBe('bad')
  // The tokens for measuring the bias are counted with the row that needed it.
  expect(answer.tokens).toEqual({ prompt: 40, reused: 16, generated: 4 })
  expect(inputs).toEqual(['N/A', '', '[MASK]', 'It was fine.'])
})

it('measures the bias once, as long as the prompt around the row is the same', async () => {
  const { inputs, answering } = setUp()
  const arm = answering()
  await arm.answer({ INPUT: 'One' }, 2048, () => undefined, signal)
  const second = await arm.answer({ INPUT: 'Two' }, 2048, () => undefined, signal)
  expect(inputs).toEqual(['N/A', '', '[MASK]', 'One', 'Two'])
  expect(second.tokens).toEqual({ prompt: 10, reused: 4, generated: 1 })
  expect(second.reply).toBe('bad')
})

it('has no probabilities of labels for a format without labels', async () => {
  const { answering } = setUp()
  const arm = answering(labelTemplate({ format: { kind: 'text' } }))
  const answer = arm.answer({ INPUT: 'One' }, 2048, () => undefined, signal)
  await expect(answer).rejects.toMatchObject({ code: 'invalid-input' })
})
