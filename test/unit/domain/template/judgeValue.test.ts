import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkReply } from '../../../../src/shared/domain/template/checkReply.ts'
import { escapeRegExp } from '../../../../src/shared/domain/escapeRegExp.ts'
import { readExpected } from '../../../../src/shared/domain/template/expected.ts'
import { formatProblems } from '../../../../src/shared/domain/template/formatProblems.ts'
import { voteKey } from '../../../../src/shared/domain/template/judgeValue.ts'
import {
  measureInWords,
  measureKindsOf,
  newMeasure,
  type ExpectedMeasure,
  type Measure,
} from '../../../../src/shared/domain/template/measure.ts'
import {
  outputFormat,
  type FieldType,
  type OutputFormat,
} from '../../../../src/shared/domain/template/outputFormat.ts'
import type { RawExpected } from '../../../../src/shared/domain/template/rawExpected.ts'
import { scoreReply } from '../../../../src/shared/domain/template/scoreReply.ts'

const within = (by: number, unit: 'absolute' | 'percent' = 'absolute'): ExpectedMeasure => ({
  kind: 'number',
  within: by,
  unit,
})
const day: ExpectedMeasure = { kind: 'date', order: 'day-first' }
const f1: ExpectedMeasure = { kind: 'token-f1', least: 0.5 }

function scored(format: OutputFormat, reply: string, raw: RawExpected) {
  const { expected, problem } = readExpected(format, raw)
  if (expected === null) throw new Error(problem ?? 'nothing expected')
  return scoreReply(format, checkReply(format, reply), expected)
}

function answer(measure: Measure, cell: string, reply: string) {
  const { answer: field } = scored({ kind: 'text', measure }, reply, cell).fields
  if (field === undefined) throw new Error('not judged')
  return field
}

const tags: FieldType = { kind: 'list', item: { kind: 'label', labels: ['red', 'green', 'blue'] } }
const field = (type: FieldType, measure: Measure): OutputFormat => ({
  kind: 'json',
  fields: [{ name: 'f', optional: false, type, measure }],
})

describe('a text is judged', () => {
  it.each<[string, Measure, string, string, boolean, string]>([
    ['equal', { kind: 'equal' }, 'Paris', 'paris.', true, 'The same words'],
    ['equal', { kind: 'equal' }, 'Paris', 'Paris', true, 'The same text.'],
    ['equal', { kind: 'equal' }, 'Paris', 'in Paris', false, 'Not the same words.'],
    ['equal', { kind: 'equal' }, 'a | b', 'c', false, 'None of the 3 accepted answers.'],
    ['one of', { kind: 'one-of' }, 'red; green', 'Green', true, 'The same words'],
    ['one of', { kind: 'one-of' }, '["a, b", "c"]', 'a, b', true, 'The same text.'],
    ['one of', { kind: 'one-of' }, 'red; green', 'blue', false, 'None of the 3'],
    ['contains', { kind: 'contains' }, 'art', 'Modern art, really', true, 'Contains “art”.'],
    ['contains', { kind: 'contains' }, 'art', 'the party', false, 'Doesn’t contain “art”.'],
    ['contains', { kind: 'contains' }, 'New York', 'York, New Jersey', false, 'Doesn’t contain'],
    ['contains', { kind: 'contains' }, '1500', 'It costs 1,500 euros.', true, 'Contains'],
    ['contains', { kind: 'contains' }, '15', 'It costs -15 or 1.15.', false, 'Doesn’t contain'],
    ['contains', { kind: 'contains' }, '北京', '我在北京大学', true, 'Contains'],
    ['pattern', { kind: 'pattern' }, String.raw`^\d{4}$`, '2024', true, 'Matches the pattern'],
    ['pattern', { kind: 'pattern' }, String.raw`^\d{4}$`, 'in 2024', false, 'Doesn’t match'],
    ['pattern', { kind: 'pattern' }, 'cat | dog', 'a dog', true, 'Matches'],
    ['pattern', { kind: 'pattern' }, 'cat | dog', 'cat', false, 'Doesn’t match'],
    ['number', within(0.1), '1', '1.1', true, 'Differs by 0.1; up to 0.1 is right.'],
    ['number', within(0.1), '1', '1.11', false, 'Differs by 0.11; up to 0.1 is right.'],
    ['number', within(5, 'percent'), '200', 'about 210 kg', true, 'Differs by 5 %; up to 5 %'],
    ['number', within(5, 'percent'), '200', '211', false, 'Differs by 5.5 %'],
    ['number', within(5, 'percent'), '200', '190', true, 'Differs by 5 %; up to 5 %'],
    ['number', within(0), '0', '0.0', true, 'Differs by 0;'],
    ['number', within(1, 'percent'), '0', '0.001', false, 'Differs by 0.001;'],
    ['number', within(1), '12.5', '$12', true, 'Differs by 0.5'],
    ['number', within(1), '€12.5', '$12', false, '“$” isn’t the unit “€”.'],
    ['number', within(1), '1,5', '1.5kg', true, 'Differs by 0;'],
    ['number', within(1), '12', 'between 11 and 12', false, 'doesn’t contain one number'],
    ['number', within(1), '1000', '1e3', true, 'Differs by 0;'],
    ['date', day, '2024-03-05', '5 March 2024', true, 'The same day, 2024-03-05.'],
    ['date', day, '2024-03-05', '5/4/2024', false, '2024-04-05 isn’t 2024-03-05.'],
    ['date', day, '2024-03-05', 'no idea', false, 'no date'],
    ['date', day, '2024-03-05', '2024-03-05 to 2024-03-07', false, '2 dates'],
    ['token F1', f1, 'golf range', 'nice golf range', true, 'Token F1 is 0.8; 0.5 or more'],
    ['token F1', f1, 'golf range', 'golf court', true, 'Token F1 is 0.5; 0.5 or more'],
    ['token F1', f1, 'golf', 'a tennis court', false, 'Token F1 is 0;'],
    ['shape', { kind: 'json-shape' }, '{"a": 1}', '{"a": 2}', true, 'expected shape'],
    ['shape', { kind: 'json-shape' }, '{"a": 1}', '{"a": "2"}', false, '“a” should be a number'],
    ['shape', { kind: 'json-shape' }, '{"a": {"b": 1}}', '{"a": {}}', false, '“a › b” is missing.'],
    ['shape', { kind: 'json-shape' }, '{"a": 1}', '{"a": 1, "b": 2}', false, '“b” isn’t expected'],
    ['shape', { kind: 'json-shape' }, '[1]', '[1, 2, "x"]', false, '“3” should be a number'],
    ['shape', { kind: 'json-shape' }, '[1, "x"]', '["y", 2]', true, 'expected shape'],
    ['shape', { kind: 'json-shape' }, '{"a": null}', '{"a": [1]}', true, 'expected shape'],
    ['shape', { kind: 'json-shape' }, '{"a": 1}', 'Sure: {"a": 2}', true, 'expected shape'],
    ['shape', { kind: 'json-shape' }, '{"a": 1}', 'no', false, 'no JSON'],
  ])('%s: %j, %s, %s', (_, measure, cell, reply, correct, why) => {
    expect(answer(measure, cell, reply)).toMatchObject({
      correct,
      why: expect.stringContaining(why) as string,
    })
  })

  it('says what a field has that should be left out, or the reverse', () => {
    const format = outputFormat.parse({
      kind: 'json',
      fields: [{ name: 'f', optional: true, type: { kind: 'text' } }],
    })
    const why = (reply: string, raw: RawExpected) => scored(format, reply, raw).fields.f?.why
    expect(why('{}', { f: '' })).toBe('Left out, as expected.')
    expect(why('{"f": "x"}', { f: '' })).toBe('It should be left out.')
    expect(why('{}', { f: 'x' })).toBe('It was left out.')
    expect(why('{"f": [1]}', { f: 'x' })).toBe('Not in the answer format.')
  })

  it('judges numbers and labels by several accepted ones', () => {
    const number = field({ kind: 'number', integer: false }, { kind: 'one-of' })
    expect(scored(number, '{"f": 2}', { f: '1; 2' }).exactMatch).toBe(true)
    expect(scored(number, '{"f": 2}', '{"f": [1, 2]}').exactMatch).toBe(true)
    const label: OutputFormat = {
      kind: 'label',
      labels: ['a', 'b', 'a, b', 'c'],
      measure: { kind: 'one-of' },
    }
    expect(scored(label, 'b', 'a, b').fields.answer).toMatchObject({
      correct: true,
      classes: { expected: 'b', given: 'b' },
    })
    expect(scored(label, 'a, b', 'a, b').exactMatch).toBe(true)
    expect(scored(label, 'c', 'a, b').fields.answer?.classes).toEqual({ expected: 'a', given: 'c' })
    expect(readExpected(label, 'a; x').problem).toContain('none of the labels')
  })

  it('judges a number field within a tolerance', () => {
    const number = field({ kind: 'number', integer: false }, within(0.5))
    expect(scored(number, '{"f": 12.4}', { f: '12' }).fields.f).toMatchObject({
      correct: true,
      why: 'Differs by 0.4; up to 0.5 is right.',
    })
  })

  it('judges sets of labels, however often one is named', () => {
    const format = field(tags, { kind: 'label-set' })
    expect(
      scored(format, '{"f": ["green", "red", "red"]}', { f: 'red, green' }).fields.f,
    ).toMatchObject({
      correct: true,
      items: { expected: ['red', 'green'], given: ['green', 'red'] },
    })
    expect(scored(format, '{"f": ["blue"]}', { f: 'red' }).fields.f?.why).toBe(
      'Missing: red. Not expected: blue.',
    )
  })
})

describe('what is expected', () => {
  it.each<[Measure, string, string]>([
    [{ kind: 'pattern' }, '(a', 'can’t be used'],
    [{ kind: 'pattern' }, String.raw`(a)\1`, 'References back'],
    [within(1), 'many', 'one number'],
    [day, 'soon', 'one date'],
    [{ kind: 'json-shape' }, 'a thing', 'JSON'],
  ])('does not fit %j as %j, and that is said', (measure, cell, why) => {
    const { expected, problem } = readExpected({ kind: 'text', measure }, cell)
    expect(expected).toBeNull()
    expect(problem).toContain(why)
  })

  it('is a problem of the template where a type has no such measure', () => {
    const wrong = field({ kind: 'boolean' }, { kind: 'pattern' })
    expect(formatProblems(wrong)).toMatchObject([{ severity: 'error', place: { name: 'f' } }])
    expect(formatProblems({ kind: 'label', labels: ['a'], measure: day })).toHaveLength(1)
    expect(formatProblems({ kind: 'text', measure: day })).toEqual([])
  })
})

const measures: readonly ExpectedMeasure[] = [
  { kind: 'equal' },
  { kind: 'one-of' },
  { kind: 'contains' },
  { kind: 'pattern' },
  within(0.5),
  within(5, 'percent'),
  day,
  f1,
  { kind: 'json-shape' },
]
/** Texts that fit a measure, as a cell would hold them. */
const cells: Readonly<Record<ExpectedMeasure['kind'], fc.Arbitrary<string>>> = {
  equal: fc.string({ unit: 'grapheme' }),
  'one-of': fc.string({ unit: 'grapheme' }),
  contains: fc.string({ unit: 'grapheme' }),
  pattern: fc.string({ unit: 'grapheme' }),
  number: fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 }).map(String),
  date: fc
    .date({ min: new Date('1000-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10)),
  'label-set': fc.constant('red, green'),
  'token-f1': fc.string({ unit: 'grapheme' }),
  'json-shape': fc.json({ maxDepth: 3 }).filter((json) => !json.includes('"__proto__"')),
}

describe('under every measure', () => {
  it.each(measures)('an answer is right by its own cell: %j', (measure) => {
    fc.assert(
      fc.property(
        cells[measure.kind].filter((cell) => cell.trim() !== ''),
        (text) => {
          // A pattern is what matches an answer: its own text, letter for letter.
          const cell = measure.kind === 'pattern' ? escapeRegExp(text.trim()) : text
          expect(answer(measure, cell, text)).toMatchObject({ correct: true })
        },
      ),
    )
  })

  it.each(measures.filter(({ kind }) => ['equal', 'date', 'number', 'token-f1'].includes(kind)))(
    'an answer and its cell can change places: %j',
    (measure) => {
      // Percent are of what is expected, so that they know no symmetry.
      if (measure.kind === 'number' && measure.unit === 'percent') return
      const two = cells[measure.kind].filter((cell) => cell.trim() !== '' && !cell.includes('|'))
      fc.assert(
        fc.property(two, two, (one, other) => {
          expect(answer(measure, one, other).correct).toBe(answer(measure, other, one).correct)
        }),
      )
    },
  )

  it('values that vote together are right by one another', () => {
    const field = { type: { kind: 'text', hint: '' }, measure: day } as const
    expect(voteKey(field, '5 March 2024')).toBe(voteKey(field, '2024-03-05'))
    expect(voteKey({ type: tags, measure: { kind: 'label-set' } }, ['red', 'red'])).toBe(
      voteKey({ type: tags, measure: { kind: 'label-set' } }, ['red']),
    )
  })

  it('has words, and each type is judged by being equal at least', () => {
    expect(new Set(measures.map(measureInWords)).size).toBe(measures.length)
    for (const kind of measureKindsOf({ kind: 'text' })) expect(newMeasure(kind).kind).toBe(kind)
    expect(newMeasure('number')).toEqual(within(0))
    expect(newMeasure('equal')).toEqual({ kind: 'equal' })
    for (const kind of ['text', 'number', 'boolean', 'label', 'list'] as const) {
      expect(measureKindsOf({ kind })[0]).toBe('equal')
    }
  })
})
