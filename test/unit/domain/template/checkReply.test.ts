import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkReply } from '../../../../src/shared/domain/template/checkReply.ts'
import {
  outputFormat,
  type OutputFormat,
  type OutputValue,
} from '../../../../src/shared/domain/template/outputFormat.ts'
import { replyCheck } from '../../../../src/shared/domain/template/replyCheck.ts'

const sentiment: OutputFormat = {
  kind: 'label',
  labels: ['positive', 'negative', 'not sure', 'positive surprise'],
}
const review: OutputFormat = outputFormat.parse({
  kind: 'json',
  fields: [
    { name: 'sentiment', type: { kind: 'label', labels: ['positive', 'negative', '5'] } },
    { name: 'business', type: { kind: 'text' } },
    { name: 'stars', type: { kind: 'number', integer: true }, optional: true },
    { name: 'again', type: { kind: 'boolean' }, optional: true },
    { name: 'tags', type: { kind: 'list', item: { kind: 'text' } }, optional: true },
  ],
})
const full = '{"sentiment": "positive", "business": "café"}'
const value = { sentiment: 'positive', business: 'café' }

describe('a reply that should be a label', () => {
  it.each<[string, string, string[]]>([
    ['positive', 'positive', []],
    [' positive\n', 'positive', []],
    ['Positive.', 'positive', ['label-spelling']],
    ['"NOT_SURE"', 'not sure', ['label-spelling']],
    ['**negative**', 'negative', ['label-spelling']],
    ['```\nnegative\n```', 'negative', ['code-fence']],
    ['The sentiment is Negative.', 'negative', ['surrounding-text']],
    ['I would say: a positive surprise', 'positive surprise', ['surrounding-text']],
    ['{"sentiment": "negative"}', 'negative', ['surrounding-text']],
  ])('%j is %s', (reply, label, repairs) => {
    expect(checkReply(sentiment, reply)).toMatchObject({
      parseable: true,
      inDomain: true,
      value: label,
      repairs,
      problems: [],
    })
  })

  it.each<[string, boolean]>([
    ['neutral', true],
    ['positively', true],
    ['It was all quite good on the whole.', false],
    ['positive or negative', false],
    ['neutral\n\nInput: another', false],
  ])('%j is none', (reply, parseable) => {
    const check = checkReply(sentiment, reply)
    expect(check).toMatchObject({ parseable, inDomain: false, value: null, partial: null })
    expect(check.problems.map(({ code }) => code)).toEqual(['unknown-label'])
  })

  it('does not guess between labels that differ in capitals only', () => {
    const letters: OutputFormat = { kind: 'label', labels: ['A', 'a', 'B'] }
    expect(checkReply(letters, 'a').value).toBe('a')
    expect(checkReply(letters, 'a.').value).toBe('a')
    const words: OutputFormat = { kind: 'label', labels: ['Good', 'GOOD'] }
    expect(checkReply(words, 'good.').inDomain).toBe(false)
    expect(checkReply(letters, 'b.').value).toBe('B')
  })
})

describe('a reply that should be JSON', () => {
  it.each<[string, string[]]>([
    [full, []],
    ['{"sentiment":"positive",\n "business":"café"}', []],
    ['{"business": "café", "sentiment": "positive"}', []],
    ['```json\n' + full + '\n```', ['code-fence']],
    [
      'Sure! Here it is:\n```json\n' + full + '\n```\nAnything else?',
      ['surrounding-text', 'code-fence'],
    ],
    [`Use {braces}: ${full} Input: {"sentiment": "negative"}`, ['surrounding-text']],
    [
      '{“sentiment”: “Positive”, “business”: “café”,}',
      ['curly-quotes', 'trailing-comma', 'label-spelling'],
    ],
    ["{'sentiment': 'positive', 'business': 'café'}", ['single-quotes']],
    ['{"sentiment": "positive", "business": "café", "stars": null}', ['null-value']],
  ])('%j is read', (reply, repairs) => {
    const check = checkReply(review, reply)
    expect(check).toMatchObject({ parseable: true, inDomain: true, value, problems: [] })
    expect(check.repairs).toEqual(repairs)
  })

  it('accepts another notation of a value, but not another type', () => {
    const check = checkReply(
      review,
      '{"sentiment": 5, "business": 24, "stars": "3", "again": "Yes", "tags": ["a", 1]}',
    )
    expect(check.value).toEqual({
      sentiment: '5',
      business: '24',
      stars: 3,
      again: true,
      tags: ['a', '1'],
    })
    expect(check.repairs).toEqual(['quoted-value'])
  })

  it.each<[string, string, string | null, string | null]>([
    ['{"sentiment": "fine", "business": "bar"}', 'unknown-label', 'sentiment', '"fine"'],
    ['{"sentiment": "positive", "business": null}', 'wrong-type', 'business', 'null'],
    ['{"sentiment": "positive", "business": ["bar"]}', 'wrong-type', 'business', '["bar"]'],
    ['{"sentiment": "positive", "business": "b", "stars": 3.5}', 'wrong-type', 'stars', '3.5'],
    ['{"sentiment": "positive", "business": "b", "stars": 1e999}', 'wrong-type', 'stars', '1e999'],
    ['{"sentiment": "positive", "business": "b", "again": 1}', 'wrong-type', 'again', '1'],
    ['{"sentiment": "positive", "business": "b", "tags": [{}]}', 'wrong-type', 'tags', '{}'],
    ['{"sentiment": "positive"}', 'missing-field', 'business', null],
    ['{"sentiment": "positive", "business": "b", "x": 1}', 'unknown-field', 'x', '"x"'],
    [
      '{"sentiment": "positive", "business": "b", "business": "c"}',
      'duplicate-field',
      'business',
      '"business"',
    ],
  ])('%s: %s', (reply, code, field, place) => {
    const check = checkReply(review, reply)
    expect(check).toMatchObject({ parseable: true, inDomain: false, value: null })
    const [problem] = check.problems
    expect(check.problems).toHaveLength(1)
    expect(problem).toMatchObject({ code, field })
    const range = problem?.range ?? null
    expect(range === null ? null : reply.slice(range.start, range.end)).toBe(place)
  })

  it('keeps the fields that are right beside one that is not', () => {
    const check = checkReply(review, '{"sentiment": "fine", "business": "bar"}')
    expect(check.partial).toEqual({ business: 'bar' })
  })

  it.each<[string, string]>([
    ['', 'empty'],
    [' \n', 'empty'],
    ['positive', 'not-json'],
    ['[1, 2]', 'not-an-object'],
    ['"positive"', 'not-an-object'],
    ['{"sentiment": "positive", "business": "a long st', 'cut-off'],
    ['{"sentiment": "positive" "business": "b"}', 'not-json'],
    ['```json\n{"sentiment": "positive",', 'cut-off'],
  ])('%j cannot be read: %s', (reply, code) => {
    const check = checkReply(review, reply)
    expect(check).toMatchObject({ parseable: false, inDomain: false, value: null, partial: null })
    expect(check.problems.map((one) => one.code)).toEqual([code])
  })
})

describe('any reply', () => {
  const hostile = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc
      .array(
        fc.constantFrom(
          ...['{', '}', '[', ']', ':', ',', '"', '“', '’', '```', '```json\n', '\\', '\\u', 'null'],
          ...['"sentiment"', '"positive"', 'positive', '"stars": ', '5', '\0', '\ud800', ' ', '\n'],
          ...['__proto__', '"__proto__": ', '"constructor": '],
        ),
        { maxLength: 40 },
      )
      .map((pieces) => pieces.join('')),
  )

  it('gets consistent verdicts', () => {
    fc.assert(
      fc.property(hostile, fc.constantFrom(sentiment, review), (reply, format) => {
        const check = checkReply(format, reply)
        expect(replyCheck.parse(check)).toEqual(check)
        expect(check.value !== null).toBe(check.inDomain)
        expect(check.problems.length === 0).toBe(check.inDomain)
        if (check.inDomain) expect(check.parseable).toBe(true)
        for (const { range } of check.problems) {
          if (range === null) continue
          expect(range.start).toBeGreaterThanOrEqual(0)
          expect(range.end).toBeGreaterThanOrEqual(range.start)
          expect(range.end).toBeLessThanOrEqual(reply.length)
        }
      }),
      { numRuns: 3_000 },
    )
  })

  it.each([
    '{',
    '[',
    '"',
    "'",
    '“',
    '’',
    '`',
    '```',
    ' ',
    '\n',
    'a',
    'positive ',
    '{"a":',
    '{"a":"',
    "{'a': ' ",
    '\\',
    '_',
    '{"a":[1,',
    "' ",
    '“ ',
    '"a" ',
    '.',
    '```json\n{',
    '{"sentiment": "',
  ])('%j, 100,000 characters of it, is judged before the test gives up', (piece) => {
    const reply = piece.repeat(Math.ceil(100_000 / piece.length))
    for (const format of [sentiment, review]) {
      for (const one of [reply, `{"sentiment": "${reply}`, `x${reply}x`]) checkReply(format, one)
    }
  })

  it('is the unchanged text if the format is text', () => {
    expect(checkReply({ kind: 'text' }, ' It costs {5}.\n').value).toBe('It costs {5}.')
    const nothing: OutputValue | null = checkReply({ kind: 'text' }, ' ').value
    expect(nothing).toBeNull()
  })
})
