import fc from 'fast-check'
import Papa from 'papaparse'
import { describe, expect, test } from 'vitest'
import type { Table } from '../../../src/main/parsing/tables/table.ts'
import {
  fixColumns,
  readChosenColumns,
  type ChosenColumn,
} from '../../../src/main/templates/tables/chosenColumns.ts'
import { guessMapping } from '../../../src/main/templates/tables/guessMapping.ts'
import { labelTemplate } from '../../helpers/templates.ts'

const mood = { name: 'mood', optional: false, type: { kind: 'text', hint: '' } } as const
const stars = { ...mood, name: 'stars' }
const template = labelTemplate({
  input: '<INPUT> <CONTEXT>',
  format: { kind: 'json', fields: [mood, stars] },
  examples: [],
})

function mapped(columns: readonly string[], pairs: string) {
  const table: Table = { columns, rows: [], notices: [] }
  const fixed = fixColumns(readChosenColumns(pairs) ?? [], columns, template, 'rows.csv')
  return guessMapping(table, template, fixed)
}

describe('columns chosen by hand', () => {
  test('are used whatever the headings say, and are in no other place', () => {
    expect(mapped(['input', 'text', 'context'], 'INPUT=context').values).toEqual({
      INPUT: 'context',
    })
    expect(mapped(['q', 'ctx', 'm', 'answer'], 'INPUT=q,CONTEXT=ctx,mood=m')).toEqual({
      values: { INPUT: 'q', CONTEXT: 'ctx' },
      expected: null,
      fields: { mood: 'm' },
      note: null,
    })
  })

  test('leave the others to the headings', () => {
    expect(mapped(['q', 'context', 'stars', 'note', 'm'], 'INPUT=q,mood=m')).toEqual({
      values: { INPUT: 'q', CONTEXT: 'context' },
      expected: null,
      fields: { mood: 'm', stars: 'stars' },
      note: 'note',
    })
  })

  test('can be the whole answer, where fields have columns of their own', () => {
    expect(mapped(['input', 'mood', 'stars', 'all'], 'expected=all')).toMatchObject({
      expected: 'all',
      fields: {},
    })
  })

  test('can be none', () => {
    expect(mapped(['input', 'mood', 'note'], 'expected=,note=')).toMatchObject({
      values: { INPUT: 'input' },
      expected: null,
      fields: {},
      note: null,
    })
    expect(mapped(['input', 'context'], 'CONTEXT=').values).toEqual({ INPUT: 'input' })
  })

  test.each([
    [
      'an unknown column',
      'INPUT=Text',
      'rows.csv has no column “Text” (did you mean “text”?). It has “text”, “label”.',
    ],
    [
      'an unknown name',
      'IMPUT=text',
      '--map names “IMPUT” (did you mean “INPUT”?), for which the template has no place. It has “INPUT”, “CONTEXT”, “mood”, “stars”, “expected”, “note”, “tags”.',
    ],
    ['a name twice', 'INPUT=text,input=label', '--map names “INPUT” twice. Name it once.'],
  ])('name %s', (_, pairs, message) => {
    expect(() => mapped(['text', 'label'], pairs)).toThrow(message)
  })

  test('are read as they are written, whatever is in a heading', () => {
    const heading = fc
      .string({ unit: 'grapheme', minLength: 1 })
      .map((text) => text.replace(/\s+/gu, ' ').trim())
      .filter((text) => text !== '')
    const pairs = fc.array(fc.tuple(fc.stringMatching(/^[A-Z]{1,5}$/u), heading), { minLength: 1 })
    fc.assert(
      fc.property(pairs, (written) => {
        const text = Papa.unparse([written.map(([name, column]) => `${name}=${column}`)])
        const chosen: readonly ChosenColumn[] = written.map(([name, column]) => ({ name, column }))
        expect(readChosenColumns(text)).toEqual(chosen)
      }),
    )
  })
})
