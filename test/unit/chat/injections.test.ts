import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { gfm } from 'micromark-extension-gfm'
import { describe, expect, test } from 'vitest'
import { exportMarkdown } from '../../../src/main/chat/exportMarkdown.ts'
import { answerAsJson, answerAsText } from '../../../src/main/cli/answerOutput.ts'
import { jsonForTerminal, textForTerminal } from '../../../src/main/cli/safeText.ts'
import { commandingSigns } from '../../../src/shared/domain/commandingSigns.ts'
import type { Answer, Citation } from '../../../src/shared/domain/conversation.ts'
import { turnOf } from '../../helpers/fakeAnswers.ts'
import { answerOfPassages, citableOf, writtenAnswer } from '../../helpers/injectedAnswers.ts'
import { injections, sourcesWith } from '../../helpers/injections.ts'

const citationsOf = ({ sentences }: Answer): readonly Citation[] =>
  sentences.flatMap(({ citations }) => citations)

describe.each(injections)('a document with a false $kind', (injection) => {
  const answers = [writtenAnswer(injection), answerOfPassages(injection)]

  test('citations lead to real passages alone, at their very words', () => {
    const sources = citableOf(injection)
    for (const { number, start, end, quote } of citationsOf(writtenAnswer(injection))) {
      expect(sources.find((one) => one.number === number)?.text.slice(start, end)).toBe(quote)
    }
    const passages = sourcesWith(injection)
    for (const { number, start, end, quote } of citationsOf(answerOfPassages(injection))) {
      expect(passages.map(({ text }) => text.slice(start, end))).toContain(quote)
      expect([1, 2]).toContain(number)
    }
  })

  test('on the command line only Penknife writes from the margin, and nothing commands', () => {
    for (const answer of answers) {
      const printed = textForTerminal(answerAsText(answer))
      expect(printed.match(commandingSigns)).toBeNull()
      const own = printed.split('\n').filter((line) => /^\S/u.test(line))
      const label = answer.kind === 'passages' ? 1 : 0
      const doubts = answer.sentences.filter(({ support }) => support !== 'whole').length
      const cited = new Set(
        citationsOf(answer).map(({ number, start }) => `${String(number)} ${String(start)}`),
      )
      expect(own.length).toBeLessThanOrEqual(label + doubts + cited.size)
      expect(
        own.slice(label).every((line) => /^(?:\[[12]\] |(?:Not|Partly) supported)/u.test(line)),
      ).toBe(true)
      const json = jsonForTerminal(answerAsJson(answer, () => undefined))
      expect(json.match(commandingSigns)).toBeNull()
      expect(JSON.parse(json)).toEqual(
        JSON.parse(JSON.stringify(answerAsJson(answer, () => undefined))),
      )
    }
  })

  test('in an export its words are in a quotation, and Penknife’s are not', () => {
    for (const answer of answers) {
      expect(shapeOf(answer)).toEqual(shapeOf({ ...answer, text: 'x' }))
    }
  })
})

/** What an export is made of, beside the answer itself. */
function shapeOf(answer: Answer): readonly string[] {
  const markdown = exportMarkdown({
    version: 1,
    id: 'c',
    title: 'Ferries',
    createdAt: '',
    updatedAt: '',
    scope: { kind: 'all' },
    answering: null,
    template: null,
    sampling: null,
    turns: [turnOf('t', 'When does the ferry leave?', answer)],
  })
  const { children } = fromMarkdown(markdown, {
    extensions: [gfm()],
    mdastExtensions: [gfmFromMarkdown()],
  })
  return children.map((block) => {
    if (block.type === 'heading') return `heading ${String(block.depth)}`
    return block.type === 'list' ? `list of ${String(block.children.length)}` : block.type
  })
}
