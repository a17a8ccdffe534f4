import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkReply } from '../../../../src/shared/domain/template/checkReply.ts'
import { exampleOutput } from '../../../../src/shared/domain/template/exampleOutput.ts'
import { readExpected } from '../../../../src/shared/domain/template/expected.ts'
import { formatProblems } from '../../../../src/shared/domain/template/formatProblems.ts'
import { judgedFields } from '../../../../src/shared/domain/template/judgedFields.ts'
import {
  outputFormat,
  tooDeep,
  type FieldValue,
  type ObjectValue,
  type OutputFormat,
} from '../../../../src/shared/domain/template/outputFormat.ts'
import type { RawExpected } from '../../../../src/shared/domain/template/rawExpected.ts'
import { problemInWords } from '../../../../src/shared/domain/template/replyPlace.ts'
import { scoreReply } from '../../../../src/shared/domain/template/scoreReply.ts'
import { isList } from '../../../../src/shared/domain/template/valueAt.ts'
import { writeValue } from '../../../../src/shared/domain/template/writeValue.ts'
import { jsonFormat, objectValue } from '../../../helpers/formatArbitraries.ts'

const number = { kind: 'number' }
const text = { kind: 'text' }
const invoice: OutputFormat = outputFormat.parse({
  kind: 'json',
  fields: [
    {
      name: 'adresse',
      optional: true,
      type: {
        kind: 'object',
        fields: [
          { name: 'ville', type: text },
          { name: 'code', type: text, optional: true },
        ],
      },
    },
    {
      name: 'items',
      type: {
        kind: 'list',
        item: {
          kind: 'object',
          fields: [
            { name: '品名', type: text },
            { name: 'unit price', type: number, measure: { kind: 'number', within: 0.5 } },
          ],
        },
      },
    },
  ],
})

function score(format: OutputFormat, expected: RawExpected, reply: unknown) {
  const wanted = readExpected(format, expected)
  if (wanted.expected === null) throw new Error(wanted.problem ?? 'Nothing is expected.')
  const check = checkReply(format, typeof reply === 'string' ? reply : JSON.stringify(reply))
  return scoreReply(format, check, wanted.expected)
}

/** The paths of fields that are wrong. */
function wrongIn(format: OutputFormat, expected: RawExpected, reply: unknown): readonly string[] {
  const { fields } = score(format, expected, reply)
  return Object.entries(fields).flatMap(([path, { correct }]) => (correct ? [] : [path]))
}

const formatAndObject = jsonFormat.chain((format) =>
  objectValue(format.fields).map((value) => [format, value] as const),
)

/** The places of numbers in a value: their paths, and the value with that one changed. */
function* changedNumbers(
  value: FieldValue,
  path: string,
): Generator<readonly [path: string, changed: FieldValue]> {
  if (typeof value === 'number') yield [path, value === 7 ? 8 : 7]
  if (typeof value !== 'object') return
  if (isList(value)) {
    for (const [index, item] of value.entries()) {
      for (const [at, changed] of changedNumbers(item, path)) {
        yield [at, value.map((one, other) => (other === index ? changed : one)) as FieldValue]
      }
    }
    return
  }
  for (const [name, own] of Object.entries(value)) {
    for (const [at, changed] of changedNumbers(own, path === '' ? name : `${path}.${name}`)) {
      yield [at, { ...value, [name]: changed }]
    }
  }
}

describe('an answer with fields within fields', () => {
  it('is right by itself in every field, and as an example', () => {
    fc.assert(
      fc.property(formatAndObject, ([format, value]) => {
        const written = writeValue(format, value)
        const { exactMatch, fields } = score(format, written, written)
        expect(Object.values(fields).filter(({ correct }) => !correct)).toEqual([])
        expect(exactMatch).toBe(true)
        expect(Object.keys(fields)).toEqual(judgedFields(format).map(({ name }) => name))
        // Without empty objects that may be left out, which are the same as none.
        const example = exampleOutput(format, written) ?? ''
        expect(score(format, written, example).exactMatch).toBe(true)
        expect(exampleOutput(format, example)).toBe(example)
      }),
      { numRuns: 500 },
    )
  })

  it('is wrong in the one field that is changed', () => {
    let changes = 0
    fc.assert(
      fc.property(formatAndObject, ([format, value]) => {
        const expected = writeValue(format, value)
        for (const [path, changed] of changedNumbers(value, '')) {
          changes += 1
          const reply = writeValue(format, changed as ObjectValue)
          expect(wrongIn(format, expected, reply)).toEqual([path])
          expect(score(format, expected, reply).exactMatch).toBe(false)
        }
      }),
      { numRuns: 200 },
    )
    expect(changes).toBeGreaterThan(100)
  })
})

describe('a list of objects', () => {
  const items = [
    { 品名: 'pen', 'unit price': 2 },
    { 品名: 'ink', 'unit price': 9.5 },
  ]

  it('is judged item by item, each field by its own measure', () => {
    const near = [items[0], { 品名: 'ink', 'unit price': 9.9 }]
    expect(wrongIn(invoice, { items }, { items: near })).toEqual([])
    expect(wrongIn(invoice, { items }, { items: items.toReversed() })).toEqual([
      'items.品名',
      'items.unit price',
    ])
    const off = [items[0], { 品名: 'ink', 'unit price': 11 }]
    const { fields } = score(invoice, { items }, { items: off })
    expect(fields['items.品名']?.why).toBe('Right in 2 items.')
    expect(fields['items.unit price']?.why).toMatch(/^Item 2: Differs by 1\.5/u)
  })

  it('is wrong with another number of items, and right without any if none is expected', () => {
    const { fields } = score(invoice, { items }, { items: items.slice(1) })
    expect(fields['items.品名']).toMatchObject({ correct: false, why: '1 item instead of 2.' })
    expect(wrongIn(invoice, { items: [] }, { items: [] })).toEqual([])
    expect(wrongIn(invoice, { items: [] }, { items })).toHaveLength(2)
  })

  it('is wrong with an item too many, even one that lacks a field that may be left out', () => {
    const notes = outputFormat.parse({
      kind: 'json',
      fields: [
        {
          name: 'notes',
          type: {
            kind: 'list',
            item: { kind: 'object', fields: [{ name: 'by', type: text, optional: true }] },
          },
        },
      ],
    })
    const { fields } = score(notes, { notes: [{ by: 'Ann' }] }, { notes: [{ by: 'Ann' }, {}] })
    expect(fields['notes.by']).toMatchObject({ correct: false, why: '2 items instead of 1.' })
  })

  it('names the item of what is not in the format, and keeps the rest', () => {
    const reply = { items: [items[0], { 品名: 'ink', 'unit price': 'much' }, 3] }
    const check = checkReply(invoice, JSON.stringify(reply))
    expect(check.problems.map(problemInWords)).toEqual([
      'In “items 2: unit price”: It should be a number and is the text “much”.',
      'In “items 3”: It should be an object and is the number 3.',
    ])
    expect(check.partial).toEqual({ items: [items[0], { 品名: 'ink' }, {}] })
  })

  it('can be expected in one cell, or in a column a field', () => {
    const inCells = { 'items.品名': 'pen; ink', 'items.unit price': '2 | 9.5' }
    for (const expected of [{ items: JSON.stringify(items) }, inCells, { items }]) {
      expect(wrongIn(invoice, expected, { items })).toEqual([])
      expect(exampleOutput(invoice, expected)).toBe(writeValue(invoice, { items }))
    }
    expect(readExpected(invoice, { items: 'pen and ink' }).problem).toMatch(/a list of objects/u)
    const lacking = readExpected(invoice, { items: [{ 品名: 'pen' }] })
    expect(lacking.problem).toMatch(/“items\.unit price” .* It is missing\. It is item 1\.$/u)
  })
})

describe('an object that may be left out', () => {
  const reply = (adresse?: object): unknown => ({ items: [], adresse })

  it('is expected to be, where none of its fields has a value', () => {
    const expected = { 'adresse.ville': '', 'adresse.code': '' }
    expect(wrongIn(invoice, expected, reply())).toEqual([])
    expect(wrongIn(invoice, { adresse: '' }, reply({ ville: 'Lyon', code: '1' }))).toEqual([
      'adresse.ville',
      'adresse.code',
    ])
  })

  it('is not where one has, so that an empty one that must be there is not judged', () => {
    const { expected } = readExpected(invoice, { 'adresse.ville': '', 'adresse.code': '69001' })
    expect([...(expected?.keys() ?? [])]).toEqual(['adresse.code'])
  })

  it('takes its fields with it if it is no object', () => {
    const { fields } = score(
      invoice,
      { adresse: { ville: 'Lyon' } },
      { items: [], adresse: 'Lyon' },
    )
    expect(fields['adresse.ville']?.why).toBe('Not in the answer format.')
  })
})

describe('names of fields', () => {
  const named = (...names: readonly string[]): unknown => ({
    kind: 'json',
    fields: names.map((name) => ({ name, type: text })),
  })

  it.each(['prénom', '日付', 'unit price', 'الاسم', 'n° 1 (€)', "d'où", 'constructor', '1st'])(
    'can be %s',
    (name) => {
      expect(outputFormat.parse(named(name))).toMatchObject({ fields: [{ name }] })
    },
  )

  it.each(['', ' ', ' a', 'a ', 'a.b', 'a\nb', 'a"b', 'a\\b', 'a=b', '__proto__', '\u200b'])(
    'can’t be %j',
    (name) => {
      expect(outputFormat.safeParse(named(name)).success).toBe(false)
    },
  )

  it('are the same in both forms of Unicode, and named once in an object', () => {
    const format = outputFormat.parse(named('pre\u0301nom', 'pr\u00e9nom'))
    expect(formatProblems(format).map(({ message }) => message)).toEqual([
      'Two fields are called “prénom”. Rename or remove one.',
    ])
    const one = outputFormat.parse(named('pr\u00e9nom'))
    const check = checkReply(one, '{"pre\u0301nom": "Zoé"}')
    expect(check).toMatchObject({
      inDomain: true,
      value: { ['pr\u00e9nom']: 'Zoé' },
      repairs: ['name-spelling'],
    })
  })
})

describe('the levels of a format', () => {
  const nested = (levels: number): unknown =>
    levels === 0
      ? { name: 'x', type: text }
      : { name: 'x', type: { kind: 'object', fields: [nested(levels - 1)] } }

  it('are three, and a fourth is refused in a sentence', () => {
    expect(outputFormat.safeParse({ kind: 'json', fields: [nested(2)] }).success).toBe(true)
    const { error } = outputFormat.safeParse({ kind: 'json', fields: [nested(3)] })
    expect(error?.issues.map(({ message }) => message)).toEqual([tooDeep])
  })

  it('each have fields', () => {
    const format = outputFormat.parse({
      kind: 'json',
      fields: [{ name: 'a', type: { kind: 'object', fields: [] } }],
    })
    expect(formatProblems(format).map(({ message }) => message)).toEqual([
      '“a” has no fields. Add the first one.',
    ])
  })
})
