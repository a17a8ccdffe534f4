import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { groundedPrompt, groundedSystem, historyTurn } from '../../../src/main/chat/prompt.ts'
import { locateParts } from '../../../src/main/chat/promptParts.ts'
import type { Prompt } from '../../../src/main/llm/llm.ts'

/** LLaMA 2's chat format. */
function render({ system, history, user }: Prompt): string {
  const instruction = `<<SYS>>\n${system}\n<</SYS>>\n\n`
  return [...history.map((turn) => turn.user), user]
    .map((asked, index) => {
      const text = index === 0 ? instruction + asked : asked
      const answer = history[index]?.assistant
      return `<s>[INST] ${text} [/INST]${answer === undefined ? '' : ` ${answer} </s>`}`
    })
    .join('')
}

const question = 'How many days can be carried over?'
const sources = [
  { number: 1, title: 'leave.pdf', place: 'page 2', text: 'Five days can be carried over.' },
  { number: 2, title: 'rules.docx', place: null, text: 'Dogs are welcome.' },
]

function cutOut(asked: Parameters<typeof groundedPrompt>[0], history: Prompt['history']) {
  const text = render(groundedPrompt(asked, history))
  return locateParts(text, asked, history).map(({ part, start, end }) => [
    part,
    text.slice(start, end),
  ])
}

describe('locateParts', () => {
  test('each part is its exact text in the prompt, in order', () => {
    const keySentences = [{ text: 'Five days can be carried over.', source: 1 }]
    const history = [historyTurn('What is leave?', 'Time off [1].')]
    expect(cutOut({ question, sources, keySentences }, history)).toEqual([
      ['system', groundedSystem],
      ['history', 'Question: What is leave? [/INST] Time off [1].'],
      ['question', `Question: ${question}`],
      [
        'sources',
        '[1] leave.pdf, page 2\nFive days can be carried over.\n\n[2] rules.docx\nDogs are welcome.',
      ],
      ['keySentences', '“Five days can be carried over.” [1]'],
      ['question', `Question: ${question}`],
    ])
  })

  test('the same question asked twice in a row is not taken for the earlier one', () => {
    const history = [historyTurn(question, 'Five [1].')]
    const parts = cutOut({ question, sources, keySentences: [] }, history)
    expect(parts.map(([part]) => part)).toEqual([
      'system',
      'history',
      'question',
      'sources',
      'question',
    ])
  })

  test('for any document text, parts are in order and never overlap', () => {
    const words = fc
      .array(
        fc.constantFrom(
          'Sources:\n',
          '\n\nKey sentences:\n',
          `\n\nQuestion: ${question}\n\n`,
          '[/INST]',
          ' leave ',
          '\n\n',
          '[1]',
        ),
        { minLength: 1, maxLength: 8 },
      )
      .map((all) => all.join(''))
    fc.assert(
      fc.property(words, fc.boolean(), (text, hasKeys) => {
        const asked = {
          question,
          sources: [{ number: 1, title: 'a.txt', place: null, text }],
          keySentences: hasKeys ? [{ text: 'One line.', source: 1 }] : [],
        }
        const prompt = render(groundedPrompt(asked, []))
        let last = 0
        const parts = locateParts(prompt, asked, [])
        for (const { start, end } of parts) {
          expect(start).toBeGreaterThanOrEqual(last)
          expect(end).toBeGreaterThan(start)
          last = end
        }
        const keys = parts.find(({ part }) => part === 'keySentences')
        expect(keys && prompt.slice(keys.start, keys.end)).toBe(
          hasKeys ? '“One line.” [1]' : undefined,
        )
        const found = parts.find(({ part }) => part === 'sources')
        expect(prompt.slice(found?.start, found?.end)).toBe(`[1] a.txt\n${text.trim()}`.trim())
      }),
    )
  })

  test('a chat format that rewrites the text has no parts', () => {
    const asked = { question, sources, keySentences: [] }
    const shouted = render(groundedPrompt(asked, [])).toUpperCase()
    expect(locateParts(shouted, asked, [])).toEqual([])
  })
})
