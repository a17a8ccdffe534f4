import { describe, expect, test } from 'vitest'
import { readTable } from '../../../src/main/parsing/tables/readTable.ts'
import { createTableImport } from '../../../src/main/templates/tables/tableImport.ts'
import type { Template } from '../../../src/shared/domain/template/template.ts'
import { labelTemplate } from '../../helpers/templates.ts'

const signal = new AbortController().signal
const limits = { textBytes: 1 << 20, unpackedBytes: 1 << 22 }

function importer(): { tables: ReturnType<typeof createTableImport>; reads: () => number } {
  let count = 0
  const tables = createTableImport((file, abort) => {
    count += 1
    return readTable(file, limits, abort)
  })
  return { tables, reads: () => count }
}

const input = (
  text: string,
  template: Template = labelTemplate(),
  name = 'rows.csv',
): Parameters<ReturnType<typeof createTableImport>['preview']>[0] => ({
  file: { name, base64: Buffer.from(text).toString('base64') },
  mapping: null,
  template,
})

const reviews = labelTemplate({
  input: '<TITLE>: <INPUT>',
  format: {
    kind: 'json',
    fields: [
      { name: 'sentiment', optional: false, type: { kind: 'label', labels: ['good', 'bad'] } },
      { name: 'business_type', optional: true, type: { kind: 'text', hint: '' } },
    ],
  },
  examples: [],
})

describe('guessing the meaning of columns', () => {
  test.each([
    ['text,label', { INPUT: 'text' }, 'label'],
    ['Expected,Input', { INPUT: 'Input' }, 'Expected'],
    ['question,answer,notes', { INPUT: 'question' }, 'answer'],
    // Never by elimination: a column under an unknown name may hold answers.
    ['kind,headline', {}, 'kind'],
  ])('%s', async (head, values, expected) => {
    const line = head.startsWith('kind') || head.startsWith('Expected') ? 'good,Sun' : 'Sun,good,x'
    const { mapping } = await importer().tables.preview(input(`${head}\n${line}`), signal)
    expect(mapping).toMatchObject({ values, expected, fields: {} })
  })

  test('a column per field', async () => {
    const text = 'Title,Review,Sentiment,Business type,Note\nT,R,good,cafe,n'
    const { mapping } = await importer().tables.preview(input(text, reviews), signal)
    expect(mapping).toEqual({
      values: { TITLE: 'Title', INPUT: 'Review' },
      expected: null,
      fields: { sentiment: 'Sentiment', business_type: 'Business type' },
      note: 'Note',
    })
  })

  test('a column with the whole answer as JSON', async () => {
    const text = '{"title":"T","input":"R","expected":{"sentiment":"good","business_type":null}}'
    const [row] = await importer().tables.rows(input(text, reviews, 'rows.jsonl'), signal)
    expect(row).toMatchObject({
      values: { TITLE: 'T', INPUT: 'R' },
      expected: { sentiment: 'good', business_type: '' },
      problem: null,
      flags: [],
    })
  })
})

describe('rows', () => {
  test('problems are reported row by row', async () => {
    const text = 'text,label\nSun,good\n,bad\nRain,wet\nIt rained.,bad\nSun,good\nx,good,more'
    const preview = await importer().tables.preview(input(text), signal)
    expect(preview).toMatchObject({ rows: 6, usable: 4 })
    expect(
      preview.shown.map(({ place, problem, flags }) => [
        place,
        problem !== null,
        flags.map(({ kind }) => kind),
      ]),
    ).toEqual([
      [2, false, []],
      [3, true, []],
      [4, false, ['expected-not-in-format']],
      [5, false, ['equals-example']],
      [6, false, ['duplicate-row']],
      [7, true, []],
    ])
  })

  test('only rows that can be used become test rows, each with an id of its own', async () => {
    const rows = await importer().tables.testRows(
      input('text,label\nSun,good\n,bad\nRain,bad'),
      signal,
    )
    expect(rows.map(({ values }) => values.INPUT)).toEqual(['Sun', 'Rain'])
    expect(new Set(rows.map(({ id }) => id)).size).toBe(2)
  })

  test('several accepted answers in JSON are read as in a cell', async () => {
    const text = '{"input":"x","expected":["a|b","c"]}'
    const [row] = await importer().tables.rows(
      input(text, labelTemplate({ format: { kind: 'text' } }), 'rows.jsonl'),
      signal,
    )
    expect(row?.expected).toBe('a\\|b | c')
  })

  test.each([
    ['{"label": "good"}', 'good'],
    ['{"score": 4}', '4'],
    ['{"names": ["a", "b"]}', 'a | b'],
    ['{"answer": null}', null],
  ])('an answer without fields in an object of another tool: %s', async (json, expected) => {
    const text = `{"input":"x","expectedOutput":${json}}`
    const template = labelTemplate({ format: { kind: 'text' } })
    const [row] = await importer().tables.rows(input(text, template, 'rows.jsonl'), signal)
    expect(row).toMatchObject({ expected, problem: null })
  })

  test('an empty cell of an optional field is expected to be left out', async () => {
    const text = 'title,review,sentiment,business_type\nT,one,good,\nT,two,,cafe\nT,three,,'
    const rows = await importer().tables.rows(input(text, reviews), signal)
    expect(rows.map(({ expected }) => expected)).toEqual([
      { sentiment: 'good', business_type: '' },
      { business_type: 'cafe' },
      // Nobody judged this row.
      null,
    ])
  })

  test('an empty cell of a field within an optional one is expected to be left out', async () => {
    const city = { name: 'city', optional: false, type: { kind: 'text', hint: '' } } as const
    const template = labelTemplate({
      format: {
        kind: 'json',
        fields: [
          { name: 'kind', optional: false, type: { kind: 'label', labels: ['lease', 'sale'] } },
          { name: 'address', optional: true, type: { kind: 'object', fields: [city] } },
        ],
      },
      examples: [],
    })
    const text = 'input,kind,address.city\na,lease,Lyon\nb,sale,'
    const rows = await importer().tables.rows(input(text, template), signal)
    expect(rows.map(({ expected }) => expected)).toEqual([
      { kind: 'lease', 'address.city': 'Lyon' },
      { kind: 'sale', 'address.city': '' },
    ])
  })

  test('a row of optional fields that are all empty expects none of them', async () => {
    const fields = ['a', 'b'].map((name) => ({
      name,
      optional: true,
      type: { kind: 'text' as const, hint: '' },
    }))
    const all = labelTemplate({ format: { kind: 'json', fields }, examples: [] })
    const [row] = await importer().tables.rows(input('input,a,b\nx,,', all), signal)
    expect(row?.expected).toEqual({ a: '', b: '' })
  })

  test('a whole answer without an optional field expects it to be left out', async () => {
    const text = '{"title":"T","input":"R","expected":{"sentiment":"good"}}'
    const [row] = await importer().tables.rows(input(text, reviews, 'rows.jsonl'), signal)
    expect(row?.expected).toEqual({ sentiment: 'good', business_type: '' })
  })

  test('an expected answer must be text or fields', async () => {
    const text = '{"input":"x","expected":[{"sentiment":1}]}'
    const [row] = await importer().tables.rows(input(text, reviews, 'rows.jsonl'), signal)
    expect(row).toMatchObject({ expected: null })
    expect(row?.problem).not.toBeNull()
  })

  test('chosen columns are used, and unknown ones refused', async () => {
    const chosen = { values: { INPUT: 'b' }, expected: 'a', fields: {}, note: null }
    const { tables, reads } = importer()
    const asked = { ...input('a,b\ngood,Sun'), mapping: chosen }
    expect(await tables.rows(asked, signal)).toMatchObject([
      { values: { INPUT: 'Sun' }, expected: 'good' },
    ])
    await expect(
      tables.preview({ ...asked, mapping: { ...chosen, expected: 'c' } }, signal),
    ).rejects.toMatchObject({ code: 'invalid-input' })
    // The file was read once.
    expect(reads()).toBe(1)
  })

  test('a preview shows doubtful rows first, and a limited number of rows', async () => {
    const good = Array.from({ length: 600 }, (_, n) => `Row number ${String(n)},good`)
    const text = ['text,label', ...good, ',bad'].join('\n')
    const { shown, rows } = await importer().tables.preview(input(text), signal)
    expect(rows).toBe(601)
    expect(shown).toHaveLength(51)
    expect(shown.at(-1)).toMatchObject({ place: 602 })
  })
})
