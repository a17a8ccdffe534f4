import { describe, expect, it } from 'vitest'
import { tokenF1 } from '../../../../src/shared/domain/template/answerText.ts'
import { checkReply } from '../../../../src/shared/domain/template/checkReply.ts'
import { readExpected } from '../../../../src/shared/domain/template/expected.ts'
import {
  outputFormat,
  type OutputFormat,
} from '../../../../src/shared/domain/template/outputFormat.ts'
import type { ReplyScore } from '../../../../src/shared/domain/template/replyCheck.ts'
import { scoreReply } from '../../../../src/shared/domain/template/scoreReply.ts'
import type { RawExpected } from '../../../../src/shared/domain/template/rawExpected.ts'

const text: OutputFormat = { kind: 'text' }
const label: OutputFormat = { kind: 'label', labels: ['yes', 'no', 'C', 'C++'] }
const json: OutputFormat = outputFormat.parse({
  kind: 'json',
  fields: [
    { name: 'mood', type: { kind: 'label', labels: ['good', 'bad'] } },
    { name: 'place', type: { kind: 'text' } },
    { name: 'stars', type: { kind: 'number' }, optional: true },
    { name: 'open', type: { kind: 'boolean' }, optional: true },
    { name: 'tags', type: { kind: 'list', item: { kind: 'text' } }, optional: true },
  ],
})

function score(format: OutputFormat, reply: string, raw: RawExpected): ReplyScore {
  const { expected, problem } = readExpected(format, raw)
  if (expected === null) throw new Error(problem ?? 'nothing expected')
  return scoreReply(format, checkReply(format, reply), expected)
}

/** Names of the fields that are right, and whether the reply as a whole is. */
function right(format: OutputFormat, reply: string, raw: RawExpected): [string[], boolean] {
  const { fields, exactMatch } = score(format, reply, raw)
  return [Object.keys(fields).filter((name) => fields[name]?.correct), exactMatch]
}

describe('open text', () => {
  it.each<[string, string, number]>([
    // Two of three found, two of two wanted: 2 · 2/3 · 1 / (2/3 + 1).
    ['golf range', 'nice golf range', 0.8],
    // Each word counts as often as it occurs: one of two, one of one.
    ['new', 'new new', 2 / 3],
    ['golf', 'tennis', 0],
    ['the', 'a', 0],
    ['', '', 1],
    ['>', '<', 0],
    // Characters, where words are not separated: two of four wanted, two of two found.
    ['北京大学', '北京', 2 / 3],
    ['北京大学', '上海', 0],
  ])('%j with %j has a token F1 of %d', (accepted, given, f1) => {
    expect(tokenF1(accepted, given)).toBeCloseTo(f1, 12)
  })

  it('compares with the closest of the accepted answers', () => {
    const given = score(text, 'A nice driving range.', 'golf range | driving range')
    expect(given.exactMatch).toBe(false)
    expect(given.fields.answer?.tokenF1).toBeCloseTo(0.8, 12)
    expect(score(text, 'The driving range', 'golf range | driving range').exactMatch).toBe(true)
    expect(score(text, 'a|b', 'a\\|b').exactMatch).toBe(true)
  })

  it.each(['| 12 | bolts |', 'cat a | grep b', 'P(A | B)', '\\| x \\|', 'A | B | C'])(
    'accepts the whole cell, bars or not: %s',
    (cell) => {
      expect(score(text, cell, cell).exactMatch).toBe(true)
    },
  )

  it.each([
    ['red, green', ['red', 'green']],
    ['red; light green, pale', ['red', 'light green, pale']],
    ['red\ngreen', ['red', 'green']],
    ['a, b | c', ['a, b', 'c']],
    ['1,5', ['1,5']],
    ['["a, b"]', ['a, b']],
  ])('reads the items of a list in a cell: %j', (cell, items) => {
    const type = { kind: 'list', item: { kind: 'text', hint: '' } } as const
    const format = { kind: 'json', fields: [{ name: 'tags', optional: false, type }] } as const
    expect(readExpected(format, { tags: cell }).expected?.get('tags')).toEqual({
      kind: 'value',
      value: items,
    })
  })

  it('takes a row of a Markdown table for nothing but itself', () => {
    expect(readExpected(text, '| 12 | bolts |').expected?.get('answer')).toEqual({
      kind: 'accepted',
      texts: ['| 12 | bolts |'],
    })
  })
})

describe('scoring a reply', () => {
  it('compares labels exactly, once they were parsed', () => {
    expect(score(label, 'Yes.', 'yes').exactMatch).toBe(true)
    expect(score(label, 'C', 'C++').exactMatch).toBe(false)
    expect(score(label, 'maybe', 'no')).toMatchObject({
      exactMatch: false,
      fields: {
        answer: { correct: false, tokenF1: null, classes: { expected: 'no', given: null } },
      },
    })
    expect(score(label, 'no', { answer: 'No' }).exactMatch).toBe(true)
  })

  it('scores each field with an expected value', () => {
    const reply = '{"mood": "good", "place": "the inn", "stars": 4}'
    expect(right(json, reply, { mood: 'good', place: 'Inn' })).toEqual([['mood', 'place'], true])
    expect(right(json, reply, { mood: 'bad', stars: '4.0' })).toEqual([['stars'], false])
    expect(right(json, reply, { mood: 'good', open: '' })).toEqual([['mood', 'open'], true])
    expect(right(json, reply, { mood: 'good', stars: '' })).toEqual([['mood'], false])
    expect(right(json, reply, { place: ['hotel', 'inn'] })).toEqual([['place'], true])
    expect(right(json, '{"mood": "bad", "place": "x", "open": true}', { open: 'yes' })).toEqual([
      ['open'],
      true,
    ])
  })

  it('expects the fields of a whole answer, and no others', () => {
    const whole = '{“mood”: "good", "place": ["inn", "pub | bar"]}'
    expect(right(json, '{"mood": "good", "place": "inn"}', whole)).toEqual([
      ['mood', 'place', 'stars', 'open', 'tags'],
      true,
    ])
    expect(right(json, '{"mood": "good", "place": "bar", "stars": 1}', whole)).toEqual([
      ['mood', 'open', 'tags'],
      false,
    ])
    expect(right(json, '{"mood": "good", "place": "Pub | bar."}', whole)[1]).toBe(true)
  })

  it('compares lists in any order, each item as often as it occurs', () => {
    const reply = '{"mood": "good", "place": "inn", "tags": ["Quiet", "the sea", "quiet"]}'
    expect(right(json, reply, { tags: ['sea', 'quiet', 'quiet'] })[1]).toBe(true)
    expect(right(json, reply, { tags: 'sea | quiet | quiet' })[1]).toBe(true)
    expect(right(json, reply, { tags: '["sea", "quiet", "quiet"]' })[1]).toBe(true)
    expect(right(json, reply, { tags: ['sea', 'quiet'] })[1]).toBe(false)
    expect(right(json, reply, { tags: ['sea', 'sea', 'quiet'] })[1]).toBe(false)
  })

  it('scores a field although another one is out of the domain', () => {
    const reply = '{"mood": "fine", "place": "inn"}'
    expect(right(json, reply, { mood: 'good', place: 'inn' })).toEqual([['place'], false])
    expect(right(json, reply, { place: 'inn' })).toEqual([['place'], false])
  })

  it('gives classes for labels and yes/no, and null out of the domain', () => {
    const classes = (reply: string, raw: RawExpected): unknown[] =>
      Object.values(score(json, reply, raw).fields).map((field) => field.classes)
    const reply = '{"mood": "bad", "place": "inn", "open": false}'
    expect(classes(reply, { mood: 'good', place: 'inn', open: 'yes', stars: 3 })).toEqual([
      { expected: 'good', given: 'bad' },
      null,
      { expected: 'true', given: 'false' },
      null,
    ])
    expect(classes('{"mood": "fine", "place": "inn"}', { mood: 'good', open: '' })).toEqual([
      { expected: 'good', given: null },
      { expected: '', given: '' },
    ])
    expect(classes('{"mood": "good", "place": "inn"}', { open: 'no' })).toEqual([
      { expected: 'false', given: '' },
    ])
    expect(classes('{"mood": "good", "open": 7}', { open: '' })).toEqual([
      { expected: '', given: null },
    ])
    expect(classes('nothing', { open: 'no' })).toEqual([{ expected: 'false', given: null }])
  })

  it('scores everything wrong if the reply cannot be parsed', () => {
    const whole = '{"mood": "good", "place": "inn"}'
    expect(right(json, '{"mood": "good", "pla', whole)).toEqual([[], false])
    expect(score(json, 'no', whole).fields.place).toMatchObject({
      correct: false,
      tokenF1: 0,
      classes: null,
    })
  })
})

describe('reading what is expected', () => {
  it.each<[OutputFormat, RawExpected]>([
    [text, ''],
    [label, ' '],
    [json, ''],
    [json, { mood: '', place: ' ' }],
    [json, {}],
  ])('%j: %j expects nothing', (format, raw) => {
    expect(readExpected(format, raw)).toEqual({ expected: null, problem: null })
  })

  it.each<[OutputFormat, RawExpected, RegExp]>([
    [
      label,
      'maybe',
      /^What is expected does not fit the template\. “maybe” is none of the labels/u,
    ],
    [json, 'good', /should be JSON/u],
    [json, '[1]', /should be JSON/u],
    [json, '{"mood": "good"}', /“place” does not fit the template\. It is missing/u],
    [json, '{"mood": "fine", "place": "x"}', /“mood” does not fit.*none of the labels/u],
    [json, { mod: 'good' }, /names the field “mod”, but the template has: mood, place/u],
    [json, { stars: 'four' }, /“stars” does not fit.*It should be a number/u],
    [json, { mood: ['good', 'bad'] }, /“mood” does not fit.*is a list/u],
    [json, { place: [] }, /“place” does not fit/u],
    [text, { reply: 'x' }, /names the field “reply”, but the template has: answer/u],
  ])('%j: %j', (format, raw, problem) => {
    const read = readExpected(format, raw)
    expect(read.problem ?? '').toMatch(problem)
    expect(read.expected === null).toBe(read.problem !== null)
  })
})
