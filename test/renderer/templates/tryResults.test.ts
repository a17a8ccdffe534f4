import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { consistency } from '../../../src/renderer/src/features/templates/try/consistency.ts'
import { replySpans } from '../../../src/shared/domain/template/replySpans.ts'
import { readRows } from '../../../src/renderer/src/features/templates/try/tryRows.ts'
import type { TryResult } from '../../../src/renderer/src/features/templates/try/tryStore.ts'
import { verdictWords } from '../../../src/renderer/src/features/templates/try/verdictWords.ts'
import { checkReply } from '../../../src/shared/domain/template/checkReply.ts'
import type { ReplyProblem } from '../../../src/shared/domain/template/replyCheck.ts'
import { reviewTemplate } from '../../helpers/writtenTemplates.ts'

const { format } = reviewTemplate

function result(input: number, repeat: number, reply: string): TryResult {
  return {
    index: input * 10 + repeat,
    row: { values: { INPUT: 'x' }, expected: '' },
    input,
    repeat,
    text: reply,
    problem: null,
    answer: {
      type: 'answer',
      index: 0,
      reply,
      check: checkReply(format, reply),
      score: null,
      stop: 'end',
      tokens: { prompt: 1, reused: 0, generated: 1 },
      ms: 1,
      probabilities: null,
      sources: [],
    },
  }
}

describe('how consistent answers are', () => {
  it('counts equivalent answers as one, the most frequent first', () => {
    const bread = '{"sentiment": "positive", "business_type": "bakery"}'
    const [sum] = consistency(format, [
      result(0, 0, '{"sentiment": "mixed", "business_type": "bakery"}'),
      result(0, 1, bread),
      result(0, 2, `\`\`\`json\n${bread.replaceAll(': ', ':')}\n\`\`\``),
      result(0, 3, 'no idea'),
    ])
    expect(sum?.answered).toBe(4)
    expect(sum?.answers.map(({ text, count }) => [text, count])).toEqual([
      [bread, 2],
      ['{"sentiment": "mixed", "business_type": "bakery"}', 1],
      ['no idea', 1],
    ])
  })

  it('counts each input separately', () => {
    const sums = consistency(format, [result(0, 0, 'a'), result(1, 0, 'a')])
    expect(sums.map(({ input, answered }) => [input, answered])).toEqual([
      [0, 1],
      [1, 1],
    ])
  })
})

describe('the three verdicts', () => {
  const shapes = (reply: string) =>
    verdictWords(checkReply(format, reply), null).map(({ shape }) => shape)

  it('are independent of each other', () => {
    expect(shapes('{"sentiment": "positive", "business_type": "bakery"}')).toEqual([
      'yes',
      'yes',
      'unknown',
    ])
    expect(shapes('{"sentiment": "positive", "business_type": "bakery",}')[0]).toBe('almost')
    expect(shapes('{"sentiment": "angry", "business_type": "bakery"}')).toEqual([
      'yes',
      'no',
      'unknown',
    ])
    expect(shapes('It was good.')).toEqual(['no', 'unknown', 'unknown'])
  })

  it('say how many fields are right', () => {
    const field = (correct: boolean) => ({ correct, tokenF1: null, classes: null })
    const score = { exactMatch: false, fields: { a: field(true), b: field(false) } }
    const check = checkReply(format, '{"sentiment": "positive", "business_type": "bakery"}')
    expect(verdictWords(check, score)[2].words).toBe('1 of 2 fields right')
  })
})

describe('a reply with its problems', () => {
  it('is underlined at the problem', () => {
    const reply = '{"sentiment": "angry", "business_type": "bakery"}'
    const spans = replySpans(reply, checkReply(format, reply).problems)
    const wrong = spans.filter(({ problem }) => problem !== null)
    expect(wrong.map(({ text }) => text)).toEqual(['"angry"'])
  })

  it('keeps its whole text, whatever the ranges', () => {
    const range = fc.tuple(fc.nat(20), fc.nat(20)).map(([start, length]): ReplyProblem => ({
      code: 'wrong-type',
      field: null,
      message: 'x',
      range: { start, end: start + length },
    }))
    fc.assert(
      fc.property(
        fc.string({ minLength: 40, maxLength: 40 }),
        fc.array(range),
        (reply, problems) => {
          expect(
            replySpans(reply, problems)
              .map(({ text }) => text)
              .join(''),
          ).toBe(reply)
        },
      ),
    )
  })
})

describe('several inputs', () => {
  it('are one per line, with the expected answer after a tab', () => {
    expect(readRows('first\n\nsecond\tgood\n', ['INPUT'])).toEqual([
      { values: { INPUT: 'first' }, expected: '' },
      { values: { INPUT: 'second' }, expected: 'good' },
    ])
  })

  it('have a cell for each placeholder', () => {
    expect(readRows('t\ti\te', ['TITLE', 'INPUT'])).toEqual([
      { values: { TITLE: 't', INPUT: 'i' }, expected: 'e' },
    ])
  })
})
