import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatOfJsonSchema } from '../../../../src/shared/domain/template/jsonSchema.ts'
import { outputFormat } from '../../../../src/shared/domain/template/outputFormat.ts'

const object = (properties: object, more: object = {}): object => ({
  type: 'object',
  properties,
  ...more,
})
/** The only field that comes of a property, and what was said about it. */
function field(property: unknown): { type: unknown; optional: unknown; notes: string[] } {
  const { format, notes } = formatOfJsonSchema(object({ x: property }, { required: ['x'] }))
  if (format?.kind !== 'json') throw new Error('no fields')
  const [{ type, optional } = { type: null, optional: null }] = format.fields
  return { type, optional, notes: notes.map(({ message }) => message) }
}

describe('formatOfJsonSchema', () => {
  it('takes over what a format can express, without a notice', () => {
    const schema = object(
      {
        mood: { enum: ['good', 'bad'], title: 'Mood' },
        place: { type: 'string', description: 'name of the place' },
        stars: { type: 'integer' },
        price: { type: 'number' },
        open: { type: 'boolean' },
        tags: { type: 'array', items: { type: 'string', enum: ['a', 'b'] } },
        kind: { $ref: '#/$defs/kind' },
        only: { const: 'review' },
      },
      {
        required: ['mood', 'place', 'stars', 'price', 'open', 'tags', 'only'],
        additionalProperties: false,
        $defs: { kind: { type: 'string' } },
      },
    )
    expect(formatOfJsonSchema(schema)).toEqual({
      notes: [],
      format: {
        kind: 'json',
        fields: [
          { name: 'mood', optional: false, type: { kind: 'label', labels: ['good', 'bad'] } },
          { name: 'place', optional: false, type: { kind: 'text', hint: 'name of the place' } },
          { name: 'stars', optional: false, type: { kind: 'number', integer: true } },
          { name: 'price', optional: false, type: { kind: 'number', integer: false } },
          { name: 'open', optional: false, type: { kind: 'boolean' } },
          {
            name: 'tags',
            optional: false,
            type: { kind: 'list', item: { kind: 'label', labels: ['a', 'b'] } },
          },
          { name: 'kind', optional: true, type: { kind: 'text', hint: '' } },
          { name: 'only', optional: false, type: { kind: 'label', labels: ['review'] } },
        ],
      },
    })
  })

  it.each<[unknown, string, boolean]>([
    [{ type: ['number', 'null'] }, 'number', true],
    [{ anyOf: [{ type: 'string' }, { type: 'null' }] }, 'text', true],
    [{ oneOf: [{ const: 'a' }, { const: 'b' }] }, 'label', false],
    [{ anyOf: [{ type: 'string' }, { type: 'number' }] }, 'text', false],
    [{ type: ['string', 'number'] }, 'text', false],
    [{ type: 'object', properties: {} }, 'text', false],
    [{ type: 'integer', minimum: 1, maximum: 5 }, 'number', false],
    [{ type: 'string', pattern: '^a' }, 'text', false],
    [{ enum: [1, 2] }, 'label', false],
    [{ enum: ['a', null], type: ['string', 'null'] }, 'label', true],
    [{ $ref: '#/$defs/none' }, 'text', false],
    [{ allOf: [{ type: 'string' }] }, 'text', false],
    [{ type: 'array', items: { type: 'array' } }, 'list', false],
    [{ type: 'array', items: { type: 'string' }, minItems: 1 }, 'list', false],
    [{ type: 'array' }, 'list', false],
    [true, 'text', false],
  ])('says what becomes of %j', (property, kind, optional) => {
    const read = field(property)
    expect(read).toMatchObject({ type: { kind }, optional })
    const forgiven = JSON.stringify(property).includes('oneOf')
    expect(read.notes.length > 0).toBe(!forgiven)
    for (const note of read.notes) expect(note).toMatch(/[a-z)\]"] ?.*\.$/u)
  })

  it('names each constraint that is lost', () => {
    const { notes } = field({ type: 'integer', minimum: 1, maximum: 5 })
    expect(notes).toEqual([
      '"minimum" cannot be said in a format and is not checked. Say it in the instruction.',
      '"maximum" cannot be said in a format and is not checked. Say it in the instruction.',
    ])
  })

  it('makes valid and unique names', () => {
    const { format, notes } = formatOfJsonSchema(
      object({ 'unit price': {}, 'unit.price': {}, unit_price: {}, 日付: {}, 'a"b': {}, '': {} }),
    )
    expect(format?.kind === 'json' && format.fields.map(({ name }) => name)).toEqual([
      'unit price',
      'unit_price',
      'unit_price_2',
      '日付',
      'a_b',
      '_',
    ])
    const renamed = notes.filter(({ message }) => message.includes('it became "'))
    expect(renamed.map(({ field: path }) => path)).toEqual([
      'unit.price',
      'unit_price',
      'a"b',
      null,
    ])
  })

  it('reads a label or text as the whole format, and refuses other types with a reason', () => {
    expect(formatOfJsonSchema({ enum: ['a', 'b'] }).format).toEqual({
      kind: 'label',
      labels: ['a', 'b'],
    })
    expect(formatOfJsonSchema({ type: 'string' }).format).toEqual({ kind: 'text' })
    for (const schema of [{ type: 'number' }, { type: 'array' }, [], null, 'x', 3]) {
      const { format, notes } = formatOfJsonSchema(schema)
      expect(format).toBeNull()
      expect(notes.at(-1)?.message).toMatch(/object/u)
    }
  })

  it('reads any JSON into a valid format, or refuses it', () => {
    const words = [
      ...['type', 'properties', 'items', 'enum', 'const', 'anyOf', 'oneOf', '$ref', 'required'],
      ...['object', 'array', 'string', 'null', '#', '#/properties/a', 'a', '__proto__', 'nullable'],
    ]
    const key = fc.constantFrom(...words)
    const { value } = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        key,
        fc.constantFrom(null, true, 1, ['string', 'null']),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(key, tie('value'), { maxKeys: 4 }),
      ),
    }))
    fc.assert(
      fc.property(value, (schema) => {
        const { format, notes } = formatOfJsonSchema({ type: 'object', properties: schema })
        if (format === null) expect(notes).not.toEqual([])
        else expect(outputFormat.parse(format)).toEqual(format)
      }),
      { numRuns: 1_000 },
    )
  })
})
