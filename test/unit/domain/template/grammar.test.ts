import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkReply } from '../../../../src/shared/domain/template/checkReply.ts'
import { grammarOf, mostItems } from '../../../../src/shared/domain/template/grammar.ts'
import {
  outputFormat,
  type OutputFormat,
} from '../../../../src/shared/domain/template/outputFormat.ts'
import { writeValue } from '../../../../src/shared/domain/template/writeValue.ts'
import { formatAndValue } from '../../../helpers/formatArbitraries.ts'
import { matchesGrammar } from '../../../helpers/gbnf.ts'

const format: OutputFormat = outputFormat.parse({
  kind: 'json',
  fields: [
    { name: 'a', type: { kind: 'text' }, optional: true },
    { name: 'b', type: { kind: 'label', labels: ['x', 'x "y"'] }, optional: true },
    { name: 'c', type: { kind: 'number' } },
    { name: 'd', type: { kind: 'list', item: { kind: 'number', integer: true } }, optional: true },
    { name: 'e', type: { kind: 'boolean' }, optional: true },
  ],
})

function allows(one: OutputFormat, text: string): boolean {
  const grammar = grammarOf(one)
  if (grammar === null) throw new Error('No grammar')
  return matchesGrammar(grammar, text)
}

describe('a value that is written', () => {
  it('is allowed by the grammar, and read back without repair', () => {
    fc.assert(
      fc.property(formatAndValue, ([one, value]) => {
        const written = writeValue(one, value)
        expect(allows(one, written)).toBe(true)
        expect(checkReply(one, written)).toMatchObject({ inDomain: true, value, repairs: [] })
        expect(written).not.toMatch(one.kind === 'json' ? /[\r\n]/u : /^$/u)
      }),
      { numRuns: 500 },
    )
  })
})

describe('what a grammar allows', () => {
  const change = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    remove: fc.integer({ min: 0, max: 3 }),
    insert: fc.constantFrom(
      ...['', ' ', '"', ',', ', ', '}', '{', '0', '1', 'a', '\n', '\\', ']', '-'],
    ),
  })

  it('is in the domain and needs no repair, after any change to a value', () => {
    let refused = 0
    fc.assert(
      fc.property(formatAndValue, change, ([one, value], { at, remove, insert }) => {
        const written = writeValue(one, value)
        const from = Math.floor(at * written.length)
        const changed = written.slice(0, from) + insert + written.slice(from + remove)
        if (!allows(one, changed)) {
          refused += 1
          return
        }
        expect(checkReply(one, changed)).toMatchObject({ inDomain: true, repairs: [] })
      }),
      { numRuns: 2_000 },
    )
    expect(refused).toBeGreaterThan(1_000)
  })

  it.each([
    '{"c": 1}',
    '{"a": "", "c": -0.5}',
    '{"b": "x", "c": 1e+21}',
    '{"a": "\\u00e9\\n\\"", "b": "x \\"y\\"", "c": 10, "d": [1, -2], "e": false}',
    '{"c": 1, "e": true}',
    '{"c": 1, "d": []}',
  ])('holds %s', (text) => {
    expect(allows(format, text)).toBe(true)
  })

  it.each([
    '{}',
    '{"a": "", }',
    '{"c": 1, }',
    '{, "c": 1}',
    '{"c": 1, "a": ""}',
    '{"c":1}',
    '{"c": 1 }',
    ' {"c": 1}',
    '{"c": 01}',
    '{"c": 1.}',
    '{"c": "1"}',
    '{"c": 1, "e": true, "e": true}',
    '{"c": 1, "x": 1}',
    '{"b": "z", "c": 1}',
    '{"a": "\n", "c": 1}',
    '{"c": 1, "d": [1.5]}',
    '{"c": 1, "d": [1,2]}',
    '{"c": 1}\n',
  ])('does not hold %j', (text) => {
    expect(allows(format, text)).toBe(false)
  })

  it('is finite: lists and numbers have a maximum length', () => {
    const list = (length: number): string =>
      `{"c": 1, "d": [${Array(length).fill('7').join(', ')}]}`
    expect(allows(format, list(mostItems))).toBe(true)
    expect(allows(format, list(mostItems + 1))).toBe(false)
    expect(allows(format, `{"c": ${'7'.repeat(22)}}`)).toBe(false)
    expect(allows(format, `{"c": 0.${'7'.repeat(25)}}`)).toBe(false)
  })

  it('may be empty if all fields are optional', () => {
    const loose = outputFormat.parse({
      kind: 'json',
      fields: ['a', 'b'].map((name) => ({ name, type: { kind: 'boolean' }, optional: true })),
    })
    const all = ['{}', '{"a": true}', '{"b": true}', '{"a": true, "b": true}']
    expect(all.filter((text) => allows(loose, text))).toEqual(all)
    expect(allows(loose, '{"b": true, "a": true}')).toBe(false)
  })

  it('is any of the labels, and none of no labels', () => {
    const labels: OutputFormat = { kind: 'label', labels: ['a', 'a b', 'a\\"', 'a'] }
    expect(['a', 'a b', 'a\\"'].every((text) => allows(labels, text))).toBe(true)
    expect(['', 'b', 'A', 'a '].some((text) => allows(labels, text))).toBe(false)
    expect(() => grammarOf({ kind: 'label', labels: [] })).toThrow(/list of labels is empty/u)
    expect(grammarOf({ kind: 'text' })).toBeNull()
  })
})
