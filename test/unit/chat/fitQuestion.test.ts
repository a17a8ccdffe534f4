import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  fitQuestion,
  latestTurns,
  leastRoomForPassages,
} from '../../../src/main/chat/fitQuestion.ts'
import {
  keepsEverything,
  measureSentences,
  sourceOverhead,
  sourceText,
  sum,
} from '../../../src/main/prompting/fitSources.ts'
import { keySentencesOf } from '../../../src/main/chat/promptSentences.ts'
import { groundedPrompt, historyTurn } from '../../../src/main/chat/prompt.ts'
import { withTitles } from '../../../src/main/retrieval/titledPassages.ts'
import type { PromptTurn } from '../../../src/main/llm/llm.ts'
import { splitSentences } from '../../../src/shared/domain/sentences.ts'
import { createPassage, libraryDocumentOf } from '../../helpers/passages.ts'
import { tokenizers } from '../../helpers/tokenizers.ts'

/** A model whose tokens are words. */
const llm = tokenizers.adding

const passagesOf = (texts: readonly string[]) =>
  withTitles(
    texts.map((text, index) => createPassage(`c${String(index)}`, text)),
    libraryDocumentOf,
  )

const sentence = fc
  .array(fc.constantFrom('leave', 'days', 'roof', 'pump', 'breakfast', 'the', 'is'), {
    minLength: 2,
    maxLength: 40,
  })
  .map((words) => `It says ${words.join(' ')}.`)
const passageText = fc.array(sentence, { minLength: 1, maxLength: 12 }).map((all) => all.join(' '))

const drawn = fc.record({
  passages: fc.array(passageText, { maxLength: 8 }).map(passagesOf),
  history: fc
    .array(fc.tuple(sentence, sentence), { maxLength: 6 })
    .map((turns) => turns.map(([question, answer]) => historyTurn(question, answer))),
  contextSize: fc.integer({ min: 300, max: 2000 }),
  keySentences: fc.constantFrom(0, 3),
})
const question = 'How many days of leave are there?'
const reserve = 60

describe.each(Object.entries(tokenizers))('fitQuestion with a tokenizer that is %s', (_, llm) => {
  test('for any passages the prompt and its reserve fit the context, and ranges are exact', async () => {
    await fc.assert(
      fc.asyncProperty(drawn, async (given) => {
        const fitted = await fitQuestion({ llm, question, reserve, ...given })
        const whole = await llm.render(groundedPrompt(fitted.question, fitted.history))
        expect(whole).toEqual({ text: fitted.text, tokens: fitted.tokens })
        expect(whole.tokens + reserve).toBeLessThanOrEqual(given.contextSize)
        for (const source of fitted.sources) {
          const text = sourceText(source)
          expect(source.passage.text).toContain(text)
          if (text.endsWith('.')) {
            expect(splitSentences(text).length).toBe(source.sentences.length)
          }
        }
      }),
      { numRuns: 60 },
    )
  })

  test('nothing that fits is left out, whether counted whole or piece by piece', async () => {
    await fc.assert(
      fc.asyncProperty(drawn, async ({ passages, history, contextSize }) => {
        const given = { llm, question, reserve, passages, history, contextSize, keySentences: 0 }
        const fitted = await fitQuestion(given)
        const tokensWith = async (turns: readonly PromptTurn[], all: typeof passages) => {
          const bare = { question, keySentences: [], sources: all }
          return (await llm.render(groundedPrompt(bare, turns))).tokens
        }
        const spare = reserve + leastRoomForPassages
        expect((await tokensWith(fitted.history, [])) + spare).toBeLessThanOrEqual(contextSize)
        const within = await latestTurns(llm, history, contextSize)
        expect(within.slice(within.length - fitted.history.length)).toEqual(fitted.history)
        if (fitted.history.length < within.length) {
          const oneMore = within.slice(within.length - fitted.history.length - 1)
          expect((await tokensWith(oneMore, [])) + spare).toBeGreaterThan(contextSize)
        }
        const measured = await measureSentences(llm, passages)
        const pieces = measured.flatMap(({ titleTokens, sentences }) => [
          titleTokens + sourceOverhead,
          ...sentences.map(({ tokens }) => tokens),
        ])
        const bare = await tokensWith(fitted.history, [])
        const counted = sum(pieces, (tokens) => tokens) + bare
        const whole = await tokensWith(fitted.history, passages)
        if (Math.max(counted, whole) + reserve <= contextSize) {
          expect(keepsEverything(fitted.sources, passages)).toBe(true)
        }
      }),
      { numRuns: 60 },
    )
  })
})

describe('fitQuestion', () => {
  test('a long passage is trimmed around its best sentence', async () => {
    const filler = 'The pump is red and stands in the yard behind the roof.'
    const best = 'Employees receive 25 days of leave.'
    const text = [...Array<string>(20).fill(filler), best, ...Array<string>(20).fill(filler)].join(
      ' ',
    )
    const fitted = await fitQuestion({
      llm,
      contextSize: 200,
      question: 'How many days of leave?',
      history: [],
      passages: passagesOf([text]),
      keySentences: 3,
      reserve: 40,
    })
    const [source] = fitted.sources
    expect(source).toBeDefined()
    if (source === undefined) return
    expect(sourceText(source)).toContain(best)
    expect(sourceText(source).length).toBeLessThan(text.length / 2)
    expect(keySentencesOf(fitted.sources, 1, 200)[0]?.sentence.text).toBe(best)
  })

  test('sentences too long to be quoted do not take the room of those that answer', async () => {
    const monster = `${'Room 11 leave days and nights and more of it '.repeat(12)}.`
    const best = 'Employees receive 25 days of leave.'
    const fitted = await fitQuestion({
      llm,
      contextSize: 260,
      question: 'How many days of leave?',
      history: [],
      passages: passagesOf([`${monster} ${best}`, `${monster} ${monster}`]),
      keySentences: 3,
      reserve: 40,
    })
    expect(fitted.question.keySentences.map((one) => one.text)).toEqual([best])
  })

  test('if every sentence is too long, the beginning of the best one is kept', async () => {
    const monster = `${'leave days and nights '.repeat(120)}.`
    const fitted = await fitQuestion({
      llm,
      contextSize: 260,
      question: 'How many days of leave?',
      history: [],
      passages: passagesOf([monster]),
      keySentences: 3,
      reserve: 40,
    })
    const [source] = fitted.sources
    expect(source).toBeDefined()
    expect(monster.startsWith(source === undefined ? '-' : sourceText(source))).toBe(true)
    expect(fitted.tokens + 40).toBeLessThanOrEqual(260)
  })

  test('whole turns are left out, oldest first, and the latest stays', async () => {
    const long = 'word '.repeat(80)
    const history = ['first', 'second', 'third'].map((name) =>
      historyTurn(`${name} ${long}`, 'yes'),
    )
    const fitted = await fitQuestion({
      llm,
      contextSize: 700,
      question: 'How many days of leave?',
      history,
      passages: [],
      keySentences: 0,
      reserve: 40,
    })
    expect(fitted.history).toEqual(history.slice(1))
  })

  test('a question that does not fit is refused, not cut', async () => {
    await expect(
      fitQuestion({
        llm,
        contextSize: 200,
        question: 'word '.repeat(300),
        history: [],
        passages: [],
        keySentences: 3,
        reserve: 40,
      }),
    ).rejects.toMatchObject({ code: 'prompt-too-long' })
  })

  test('the budget adds up to the prompt', async () => {
    const { budget, tokens } = await fitQuestion({
      llm,
      contextSize: 600,
      question: 'How many days of leave?',
      history: [historyTurn('Who leads?', 'Maria leads.')],
      passages: passagesOf(['There are 25 days of leave. The roof is old.']),
      keySentences: 2,
      reserve: 50,
    })
    const { system, history, sources, keySentences, question } = budget
    expect(system + history + sources + keySentences + question).toBe(tokens)
    expect(sources).toBeGreaterThan(0)
    expect(history).toBeGreaterThan(0)
  })
})
