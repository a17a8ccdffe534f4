import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Cell, Table } from '../../../src/main/parsing/tables/table.ts'
import {
  describeEmpty,
  describeMapping,
} from '../../../src/main/templates/tables/describeMapping.ts'
import { guessMapping } from '../../../src/main/templates/tables/guessMapping.ts'
import type { Template } from '../../../src/shared/domain/template/template.ts'
import { labelTemplate } from '../../helpers/templates.ts'

const table = (columns: string, ...rows: readonly (readonly Cell[])[]): Table => ({
  columns: columns.split(','),
  rows: rows.map((cells, index) => ({ place: index + 2, cells: [...cells], problem: null })),
  notices: [],
})

const text = (input: string, others: Partial<Template> = {}): Template =>
  labelTemplate({ input, format: { kind: 'text' }, examples: [], ...others })

const ofPassage = text('<QUESTION> <CONTEXT>')
const labels = labelTemplate({ format: { kind: 'label', labels: ['good', 'bad'] }, examples: [] })
const mood = { name: 'mood', optional: false, type: { kind: 'text', hint: '' } } as const
const oneField = text('<INPUT>', { format: { kind: 'json', fields: [mood] } })
const twoFields = text('<INPUT>', {
  format: { kind: 'json', fields: [mood, { ...mood, name: 'stars', optional: true }] },
})

describe('a column under an unknown name', () => {
  test.each(['right_answer', 'ground_truth', 'Lösung', 'what is right', 'ann', 'column 2'])(
    'never gets into the prompt by elimination: %s',
    (name) => {
      const { values } = guessMapping(table(`question,${name}`, ['Who?', 'Ann']), ofPassage)
      expect(values).toEqual({ QUESTION: 'question' })
    },
  )

  test('whatever its name, beside a column of a known one', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{3,9}$/u), (name) => {
        fc.pre(!['question', 'context'].includes(name))
        const { values } = guessMapping(table(`question,zz${name}`, ['Who?', 'Ann']), ofPassage)
        expect(Object.values(values)).toEqual(['question'])
      }),
    )
  })

  test('is the input where the table has no other', () => {
    const found = guessMapping(table('Satz', ['Who?']), text('<INPUT>'))
    expect(found.values).toEqual({ INPUT: 'Satz' })
    // Two placeholders: no telling which one.
    expect(guessMapping(table('Satz', ['Who?']), ofPassage).values).toEqual({ QUESTION: 'Satz' })
  })

  test('is not the input where its values are the labels', () => {
    const rows = [
      ['Fine.', 'good'],
      ['Awful.', 'bad'],
    ]
    expect(guessMapping(table('remark text,comment', ...rows), labels)).toMatchObject({
      values: {},
      expected: 'comment',
    })
  })
})

describe('an optional placeholder', () => {
  const optional = text('<REVIEW_TEXT> <TONE>', { optional: { TONE: 'calm' } })

  test('needs no column, and leaves the usual names to the others', () => {
    const columns = table('review,label', ['Fine.', 'x'])
    const mapping = guessMapping(columns, optional)
    expect(mapping.values).toEqual({ REVIEW_TEXT: 'review' })
    expect(describeMapping(columns.columns, mapping, optional)).toContain(
      'No column for <TONE>, which may be empty.',
    )
  })

  test('is never the one column of a table', () => {
    expect(guessMapping(table('Satz', ['Fine.']), optional).values).toEqual({ REVIEW_TEXT: 'Satz' })
  })

  test('is counted where it is empty', () => {
    const row = (tone: string, problem: string | null = null) => ({
      values: { REVIEW_TEXT: 'a', TONE: tone },
      problem,
    })
    const mapping = { values: { TONE: 't' }, expected: null, fields: {}, note: null }
    const rows = [row(' '), row('harsh'), row('', 'broken')]
    expect(describeEmpty(rows, mapping, optional)).toEqual([
      '<TONE> is empty in 1 of 2 rows, which have its default text.',
    ])
  })
})

describe('usual names', () => {
  test.each([
    'Expected Output',
    'expected_answer',
    'correct_answer',
    'ground_truth',
    'groundTruths',
    'Reference (checked)',
    'gold-label',
    'ideal',
    'right_answer',
    'true label',
    'target_output',
  ])('of what is right: %s', (name) => {
    expect(guessMapping(table(`input,${name}`, ['Who?', 'Ann']), text('<INPUT>'))).toMatchObject({
      values: { INPUT: 'input' },
      expected: name,
    })
  })

  test.each([
    ['prompt,output,label', 'label'],
    ['prompt,response,reference', 'reference'],
    ['user_input,response,expected_output', 'expected_output'],
    ['prompt,actual_output,prediction,answer', 'answer'],
  ])('what is right goes before what a model answered: %s', (columns, expected) => {
    const cells = columns.split(',').map((name) => `of ${name}`)
    expect(guessMapping(table(columns, cells), text('<INPUT>')).expected).toBe(expected)
  })

  test('a model’s answer, or whether it was right, is never what is expected', () => {
    const columns = 'prompt,prediction,actual_output,correct,score'
    expect(guessMapping(table(columns, ['a', 'b', 'c', 1, 2]), text('<INPUT>'))).toMatchObject({
      values: { INPUT: 'prompt' },
      expected: null,
    })
  })

  test('of several, the one that has labels; else the one that has anything', () => {
    const ids = table('text,label,category', ['Fine.', 0, 'good'], ['Awful.', 1, 'bad'])
    expect(guessMapping(ids, labels).expected).toBe('category')
    const empty = table('text,expected,answer', ['Who?', null, 'Ann'])
    expect(guessMapping(empty, text('<INPUT>')).expected).toBe('answer')
  })

  test('a passage is a passage, and a text the other placeholder', () => {
    const rows = table('passage,query,answer', ['It hangs there.', 'Where?', 'there'])
    expect(guessMapping(rows, ofPassage).values).toEqual({ QUESTION: 'query', CONTEXT: 'passage' })
    const swapped = text('<CONTEXT> <QUESTION>')
    expect(guessMapping(table('query,truth', ['Who?', 'Ann']), swapped).values).toEqual({
      QUESTION: 'query',
    })
    expect(guessMapping(table('text,summary', ['a', 'b']), text('<DOCUMENT>'))).toMatchObject({
      values: { DOCUMENT: 'text' },
      expected: 'summary',
    })
  })
})

describe('fields', () => {
  test('have columns of their own, also as “expected …”', () => {
    const rows = table('input,expected_mood,stars', ['Fine.', 'good', '4'])
    expect(guessMapping(rows, twoFields)).toMatchObject({
      expected: null,
      fields: { mood: 'expected_mood', stars: 'stars' },
    })
  })

  test('give way to a column with the whole answer in JSON only', () => {
    const whole = table('input,mood,expected', ['Fine.', 'bad', '{"mood":"good"}'])
    expect(guessMapping(whole, twoFields)).toMatchObject({ expected: 'expected', fields: {} })
    const remark = table('input,mood,expected', ['Fine.', 'good', 'checked by Ann'])
    expect(guessMapping(remark, twoFields)).toMatchObject({
      expected: null,
      fields: { mood: 'mood' },
    })
  })

  test('a single one takes the column of the answer', () => {
    const rows = table('input,expected', ['Fine.', 'good'])
    expect(guessMapping(rows, oneField)).toMatchObject({
      expected: null,
      fields: { mood: 'expected' },
    })
  })
})

describe('what was taken for what, in one line', () => {
  const said = (columns: Table, template: Template): string =>
    describeMapping(columns.columns, guessMapping(columns, template), template)

  test('names every column, and what has none', () => {
    expect(said(table('question,ground_truth,id', ['Who?', 'Ann', 7]), ofPassage)).toBe(
      'Columns: “question” → <QUESTION>, “ground_truth” → expected answer. Not used: “id”. No column for <CONTEXT>.',
    )
    expect(said(table('input,mood', ['Fine.', 'good']), twoFields)).toBe(
      'Columns: “input” → <INPUT>, “mood” → expected “mood”. No column for the expected “stars”.',
    )
    expect(said(table('a,b', ['x', 'y']), text('<INPUT>'))).toBe(
      'No heading is known. Not used: “a”, “b”. No column for <INPUT>. No column for the expected answer.',
    )
  })

  test('a first row that became a heading is named', () => {
    expect(said(table('The soup was cold', ['x']), text('<INPUT>'))).toContain(
      '“The soup was cold” was read as the heading, not as a row.',
    )
    expect(said(table('Input', ['x']), text('<INPUT>'))).not.toContain('heading')
  })
})
