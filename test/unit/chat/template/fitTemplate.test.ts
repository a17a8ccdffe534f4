import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fitHistory, fitTemplate } from '../../../../src/main/chat/template/fitTemplate.ts'
import {
  keepsEverything,
  measureSentences,
  sourceOverhead,
  sum,
} from '../../../../src/main/prompting/fitSources.ts'
import { withTitles } from '../../../../src/main/retrieval/titledPassages.ts'
import { leaveTemplate } from '../../../helpers/chosenTemplate.ts'
import { createFakeLlm } from '../../../helpers/fakeLlm.ts'
import { createPassage, libraryDocumentOf } from '../../../helpers/passages.ts'
import { tokenizers } from '../../../helpers/tokenizers.ts'
import { exampleOf } from '../../../helpers/templates.ts'

/** A model whose tokens are words. */
const llm = createFakeLlm()
/** Of a source beside its title and text, with a share of the frame around all. Tokens. */
const header = sourceOverhead + 12
/** Tokens that a sentence takes in addition when another is beside it. */
const splitting = 3
const output = '{"days": 1, "note": "x"}'

const fitWith = (contextSize: number, history: readonly string[] = []) => ({
  llm,
  contextSize,
  template: leaveTemplate,
  examples: leaveTemplate.examples,
  history: history.map((text, index) => exampleOf(`turn-${String(index)}`, text, output)),
  values: { INPUT: 'How many days of leave?' },
})

const passagesOf = (texts: readonly string[]) =>
  withTitles(
    texts.map((text, index) => createPassage(`c${String(index)}`, text)),
    libraryDocumentOf,
  )

const sentence = fc
  .array(fc.constantFrom('leave', 'days', 'roof', 'is'), { minLength: 2, maxLength: 40 })
  .map((words) => `It says ${words.join(' ')}.`)
const passageText = fc.array(sentence, { minLength: 1, maxLength: 10 }).map((all) => all.join(' '))

describe.each(Object.entries(tokenizers))('a template, with a tokenizer that is %s', (_, llm) => {
  test('for any passages and history the prompt and its reserve fit; examples and question stay', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(passageText, { maxLength: 6 }),
        fc.array(sentence, { maxLength: 8 }),
        fc.integer({ min: 200, max: 1200 }),
        async (texts, turns, contextSize) => {
          const passages = passagesOf(texts)
          const room = await fitHistory({ ...fitWith(contextSize, turns), llm }, true)
          const fitted = await fitTemplate(room, passages)
          const { tokens } = await llm.render(fitted.prompt)
          expect(tokens + leaveTemplate.decoding.maxTokens).toBeLessThanOrEqual(contextSize)
          expect(fitted.prompt.user).toContain('How long is the lunch break?')
          expect(fitted.prompt.user).toMatch(/Input: How many days of leave\?\nOutput:$/)
          expect(fitted.budget.reserve).toBe(leaveTemplate.decoding.maxTokens)
          const pieces = sum(
            await measureSentences(llm, passages),
            (one) =>
              sum(one.sentences, (each) => each.tokens + splitting) + one.titleTokens + header,
          )
          if (pieces <= room.room) expect(keepsEverything(fitted.sources, passages)).toBe(true)
        },
      ),
      { numRuns: 60 },
    )
  })
})

describe('fitting a template to a model', () => {
  test('the budget adds up to the prompt', async () => {
    const history = ['What of the sea? '.repeat(3)]
    const room = await fitHistory(fitWith(600, history), true)
    const fitted = await fitTemplate(room, passagesOf(['There are 25 days of leave. It is old.']))
    const { tokens } = await llm.render(fitted.prompt)
    const { system, examples, history: earlier, sources, question } = fitted.budget
    expect(system + examples + earlier + sources + question).toBe(tokens)
    expect(Math.min(examples, earlier, sources)).toBeGreaterThan(0)
  })

  test('whole turns are left out, oldest first', async () => {
    const long = 'word '.repeat(60)
    const { fit } = await fitHistory(
      fitWith(
        600,
        ['a', 'b', 'c'].map((name) => name + long),
      ),
      true,
    )
    expect(fit.history.map(({ id }) => id)).toEqual(['turn-1', 'turn-2'])
  })

  test('a template that fits without passages does not fit if no room is left for one', async () => {
    const bare = await llm.render((await fitTemplate({ fit: fitWith(999), room: 0 }, [])).prompt)
    const least = bare.tokens + leaveTemplate.decoding.maxTokens
    await expect(fitHistory(fitWith(least), true)).rejects.toMatchObject({
      code: 'prompt-too-long',
    })
    expect((await fitHistory(fitWith(least), false)).room).toBe(0)
    await expect(fitHistory(fitWith(least - 1), false)).rejects.toMatchObject({
      code: 'prompt-too-long',
    })
  })

  test('a long passage is trimmed around its best sentence', async () => {
    const filler = 'The pump is red and stands in the yard behind the roof. '.repeat(20)
    const best = 'Employees receive 25 days of leave.'
    const room = await fitHistory(fitWith(200), true)
    const fitted = await fitTemplate(room, passagesOf([`${filler}${best} ${filler}`]))
    expect(fitted.prompt.user).toContain(best)
    expect(fitted.sources[0]?.range.start).toBeGreaterThan(0)
  })
})
