import { expect, it } from 'vitest'
import { beyondGrammar } from '../../../../src/shared/domain/template/beyondGrammar.ts'
import { exampleProblems } from '../../../../src/shared/domain/template/exampleProblems.ts'
import { readExpected } from '../../../../src/shared/domain/template/expected.ts'
import {
  grammarOf,
  longestInteger,
  mostItems,
} from '../../../../src/shared/domain/template/grammar.ts'
import { outputFormat } from '../../../../src/shared/domain/template/outputFormat.ts'
import { flagRows } from '../../../../src/shared/domain/testRun/flagRows.ts'
import { labelTemplate } from '../../../helpers/templates.ts'

const format = outputFormat.parse({
  kind: 'json',
  fields: [
    { name: 'names', type: { kind: 'list', item: { kind: 'label', labels: ['a', 'b'] } } },
    { name: 'count', type: { kind: 'number', integer: true } },
  ],
})

const problemOf = (items: number, count: string): string | null => {
  const names = `[${Array.from({ length: items }, () => '"a"').join(', ')}]`
  const { expected } = readExpected(format, `{"names": ${names}, "count": ${count}}`)
  return expected === null ? 'unread' : beyondGrammar(format, expected)
}

it('names what no forced answer can be', () => {
  expect(problemOf(mostItems, '9'.repeat(longestInteger))).toBeNull()
  expect(problemOf(mostItems + 1, '1')).toContain('“names” has 33 items')
  expect(problemOf(1, `1${'0'.repeat(longestInteger)}`)).toContain('“count” has 16 digits')
  expect(grammarOf(format)).toContain('[0-9]{0,14}')
})

it('flags such a row where the format is forced', () => {
  const expected = { names: Array.from({ length: 40 }, () => 'a'), count: 1 }
  const rows = [{ id: 'r', values: { INPUT: 'x' }, expected, included: null }]
  const own = labelTemplate({ format, examples: [] })
  const free = { ...own, decoding: { ...own.decoding, grammar: false } }
  expect(flagRows(rows, own).get('r')?.[0]?.kind).toBe('expected-not-in-format')
  expect(flagRows(rows, free).size).toBe(0)
})

it('names an example whose output has a text at which answers end', () => {
  const example = {
    id: 'e',
    values: { INPUT: 'x' },
    output: 'One.\nInput: two',
    note: '',
    enabled: true,
  }
  const own = labelTemplate({ format: { kind: 'text' }, examples: [example] })
  const messages = (layout: typeof own.layout): string[] =>
    exampleProblems({ ...own, layout }).map(({ message }) => message)
  expect(messages('text')).toEqual([expect.stringContaining('“Input:”, where every answer ends')])
  expect(messages('chat')).toEqual([])
})
