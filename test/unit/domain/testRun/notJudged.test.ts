import { describe, expect, it } from 'vitest'
import { flagRows } from '../../../../src/shared/domain/testRun/flagRows.ts'
import {
  findLeftOut,
  findUnjudged,
  notJudgedInWords,
  unjudgedFieldsInWords,
} from '../../../../src/shared/domain/testRun/notJudged.ts'
import type { TestRow } from '../../../../src/shared/domain/testRun/testSet.ts'
import { exampleOf, labelTemplate } from '../../../helpers/templates.ts'

function row(
  id: string,
  expected: TestRow['expected'],
  INPUT = `A text of its own ${id}`,
): TestRow {
  return { id, values: { INPUT }, expected, included: null }
}

const supported = { kind: 'supported', placeholder: '' } as const

describe('rows whose answer passages have to support', () => {
  it('need no expected answer', () => {
    const rows = [row('1', null)]
    expect(findUnjudged(rows, { kind: 'text', measure: supported })).toEqual({
      rows: [],
      fields: [],
    })
  })

  it('leave the other fields unjudged, which is said', () => {
    const text = { kind: 'text', hint: '' } as const
    const both = {
      kind: 'json',
      fields: [
        { name: 'a', optional: false, type: text, measure: supported },
        { name: 'b', optional: false, type: text },
      ],
    } as const
    expect(findUnjudged([row('1', null)], both)).toEqual({ rows: [], fields: ['b'] })
  })
})

describe('rows that are not judged', () => {
  const { format } = labelTemplate()

  it('are counted by reason', () => {
    const rows = [row('1', 'good'), row('2', null), row('3', 'unheard of'), row('4', null)]
    const { rows: found } = findUnjudged(rows, format)
    expect(notJudgedInWords(found)).toBe(
      '3 not judged: 2 without an expected answer and 1 with an expected answer that isn’t in the template’s format',
    )
  })

  it('are none where each row has an expected answer', () => {
    expect(findUnjudged([row('1', 'good')], format)).toEqual({ rows: [], fields: [] })
    expect(notJudgedInWords([])).toBe('')
  })

  it('are those that are left out, too', () => {
    const template = labelTemplate({ examples: [exampleOf('e', 'Sunny all day', 'good')] })
    const off = { ...row('3', 'bad'), included: false }
    const rows = [row('1', 'good', 'Sunny all day'), row('2', 'good', ' '), off, row('4', 'bad')]
    expect(findLeftOut(rows, flagRows(rows, template))).toEqual([
      { why: 'like-example', rows: 1 },
      { why: 'missing-value', rows: 1 },
      { why: 'by-hand', rows: 1 },
    ])
  })
})

describe('fields that no row judges', () => {
  const text = { kind: 'text', hint: '' } as const
  const format = {
    kind: 'json' as const,
    fields: ['a', 'b', 'c'].map((name) => ({ name, optional: false, type: text })),
  }

  it('are named', () => {
    const { fields } = findUnjudged([row('1', { a: 'x' }), row('2', { b: 'y' })], format)
    expect(unjudgedFieldsInWords(fields)).toBe(
      'No row has an expected answer for the field “c”, so it isn’t judged.',
    )
  })

  it('are not named one by one where nothing at all is expected', () => {
    expect(findUnjudged([row('1', null)], format).fields).toEqual([])
  })
})
