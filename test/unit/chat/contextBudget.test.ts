import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fitPrompt } from '../../../src/main/chat/contextBudget.ts'
import { sourceText } from '../../../src/main/retrieval/fitSources.ts'
import { keySentencesOf } from '../../../src/main/chat/promptSentences.ts'
import { groundedPrompt, historyTurn } from '../../../src/main/chat/prompt.ts'
import { withTitles } from '../../../src/main/retrieval/titledPassages.ts'
import type { Llm, Prompt } from '../../../src/main/llm/llm.ts'
import { splitSentences } from '../../../src/shared/domain/sentences.ts'
import { createPassage, libraryDocumentOf } from '../../helpers/passages.ts'

/** Counts words, as a model whose tokens are words would. */
const count = (text: string): number => text.split(/\s+/u).filter(Boolean).length
const llm: Pick<Llm, 'countTokens' | 'render'> = {
  countTokens: (texts) => Promise.resolve(texts.map(count)),
  render: ({ system, history, user }: Prompt) => {
    const turns = history.flatMap((turn) => [turn.user, turn.assistant])
    const text = [system, ...turns, user].join('\n')
    return Promise.resolve({ text, tokens: count(text) + 5 * (turns.length + 2) })
  },
}

const evidenceOf = (texts: readonly string[]) =>
  withTitles(
    texts.map((text, index) => createPassage(`c${String(index)}`, text)),
    libraryDocumentOf,
  )

const sentence = fc
  .array(fc.constantFrom('leave', 'days', 'roof', 'pump', 'breakfast', 'the', 'is'), {
    minLength: 2,
    maxLength: 40,
  })
  .map((words) => `${words.join(' ')}.`)
const passageText = fc.array(sentence, { minLength: 1, maxLength: 12 }).map((all) => all.join(' '))

describe('fitPrompt', () => {
  test('for any evidence the prompt and its reserve fit the context, and ranges are exact', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(passageText, { maxLength: 8 }),
        fc.array(fc.tuple(sentence, sentence), { maxLength: 6 }),
        fc.integer({ min: 200, max: 1500 }),
        async (texts, turns, contextSize) => {
          const fitted = await fitPrompt({
            llm,
            contextSize,
            question: 'How many days of leave are there?',
            history: turns.map(([question, answer]) => historyTurn(question, answer)),
            evidence: evidenceOf(texts),
            keySentences: 3,
            reserve: 60,
          })
          const whole = await llm.render(groundedPrompt(fitted.question, fitted.history))
          expect(whole.tokens + 60).toBeLessThanOrEqual(contextSize)
          for (const [index, source] of fitted.sources.entries()) {
            expect(source.number).toBe(index + 1)
            const text = sourceText(source)
            expect(source.evidence.passage.text).toContain(text)
            const ranges = splitSentences(text)
            expect(ranges.length).toBe(source.sentences.length)
          }
        },
      ),
      { numRuns: 60 },
    )
  })

  test('a long passage is trimmed around its best sentence', async () => {
    const filler = 'The pump is red and stands in the yard behind the roof.'
    const best = 'Employees receive 25 days of leave.'
    const text = [...Array<string>(20).fill(filler), best, ...Array<string>(20).fill(filler)].join(
      ' ',
    )
    const fitted = await fitPrompt({
      llm,
      contextSize: 200,
      question: 'How many days of leave?',
      history: [],
      evidence: evidenceOf([text]),
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

  test('sentences too long to be quoted leave room for those that answer', async () => {
    const monster = `${'Room 11 leave days and nights and more of it '.repeat(12)}.`
    const best = 'Employees receive 25 days of leave.'
    const fitted = await fitPrompt({
      llm,
      contextSize: 260,
      question: 'How many days of leave?',
      history: [],
      evidence: evidenceOf([`${monster} ${best}`, `${monster} ${monster}`]),
      keySentences: 3,
      reserve: 40,
    })
    expect(fitted.question.keySentences.map((one) => one.text)).toEqual([best])
  })

  test('where every sentence is too long, the beginning of the best one is kept', async () => {
    const monster = `${'leave days and nights '.repeat(120)}.`
    const fitted = await fitPrompt({
      llm,
      contextSize: 260,
      question: 'How many days of leave?',
      history: [],
      evidence: evidenceOf([monster]),
      keySentences: 3,
      reserve: 40,
    })
    const [source] = fitted.sources
    expect(source).toBeDefined()
    expect(monster.startsWith(source === undefined ? '-' : sourceText(source))).toBe(true)
    expect(fitted.tokens + 40).toBeLessThanOrEqual(260)
  })

  test('the oldest turns give way, whole, and the latest stays', async () => {
    const long = 'word '.repeat(80)
    const history = ['first', 'second', 'third'].map((name) =>
      historyTurn(`${name} ${long}`, 'yes'),
    )
    const fitted = await fitPrompt({
      llm,
      contextSize: 700,
      question: 'How many days of leave?',
      history,
      evidence: [],
      keySentences: 0,
      reserve: 40,
    })
    expect(fitted.history).toEqual(history.slice(1))
  })

  test('a question that does not fit is refused, not cut', async () => {
    await expect(
      fitPrompt({
        llm,
        contextSize: 200,
        question: 'word '.repeat(300),
        history: [],
        evidence: [],
        keySentences: 3,
        reserve: 40,
      }),
    ).rejects.toMatchObject({ code: 'prompt-too-long' })
  })

  test('the budget adds up to the prompt', async () => {
    const { budget, tokens } = await fitPrompt({
      llm,
      contextSize: 600,
      question: 'How many days of leave?',
      history: [historyTurn('Who leads?', 'Maria leads.')],
      evidence: evidenceOf(['There are 25 days of leave. The roof is old.']),
      keySentences: 2,
      reserve: 50,
    })
    const { system, history, sources, keySentences, question } = budget
    expect(system + history + sources + keySentences + question).toBe(tokens)
    expect(sources).toBeGreaterThan(0)
    expect(history).toBeGreaterThan(0)
  })
})
