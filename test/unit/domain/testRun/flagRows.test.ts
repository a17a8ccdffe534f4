import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { jaccard, shingles } from '../../../../src/shared/domain/shingles.ts'
import { flagRows, isIncluded } from '../../../../src/shared/domain/testRun/flagRows.ts'
import { createNearestText } from '../../../../src/shared/domain/testRun/nearestExample.ts'
import {
  testRow,
  type RowFlag,
  type TestRow,
} from '../../../../src/shared/domain/testRun/testSet.ts'
import { exampleOf, labelTemplate } from '../../../helpers/templates.ts'

const long =
  'The pump was delivered two weeks late and the box was wet through, but the seller paid all of ' +
  'it back at once and even sent a new hose for nothing, so that I will order there again'

function row(id: string, input: string, expected: TestRow['expected'] = 'good'): TestRow {
  return testRow.parse({ id, values: { INPUT: input }, expected })
}

function kindsOf(flags: readonly RowFlag[] | undefined): string[] {
  return (flags ?? []).map(({ kind, other }) => (other === null ? kind : `${kind} ${other}`))
}

describe('flagRows', () => {
  const template = labelTemplate({
    examples: [
      exampleOf('e1', 'What a day!', 'good'),
      exampleOf('e2', long, 'bad'),
      { ...exampleOf('e3', 'It rained.', 'bad'), enabled: false },
    ],
  })

  it('flags rows that equal or nearly equal an example', () => {
    const flags = flagRows(
      [
        row('same', '  what a  DAY! '),
        row('near', long.replace('two', 'three')),
        row('other', 'The pump was delivered early and the box was dry through'),
        row('off', 'It rained.'),
      ],
      template,
    )
    expect(kindsOf(flags.get('same'))).toEqual(['equals-example e1'])
    expect(kindsOf(flags.get('near'))).toEqual(['near-example e2'])
    expect([...flags.keys()]).toEqual(['same', 'near'])
  })

  it('flags rows that occur twice, and says whether they agree', () => {
    const flags = flagRows(
      [row('a', 'Fine.'), row('b', 'fine.'), row('c', 'Fine.', 'bad'), row('d', 'Fine again.')],
      template,
    )
    expect(kindsOf(flags.get('b'))).toEqual(['duplicate-row a'])
    expect(flags.get('b')?.[0]?.message).toContain('Both count')
    expect(flags.get('c')?.[0]?.message).toContain('expects something else')
    expect(flags.has('d')).toBe(false)
  })

  it('flags expected answers outside the format, and missing values', () => {
    const flags = flagRows(
      [row('a', 'Fine.', 'splendid'), row('b', ' '), row('c', 'Well.', null), row('d', '')],
      template,
    )
    expect(kindsOf(flags.get('a'))).toEqual(['expected-not-in-format'])
    expect(kindsOf(flags.get('b'))).toEqual(['missing-value'])
    expect(flags.get('b')?.[0]?.message).toContain('<INPUT>')
    expect(flags.has('c')).toBe(false)
    // Two empty rows are not duplicates.
    expect(kindsOf(flags.get('d'))).toEqual(['missing-value'])
  })

  it('compares all values of a row, but not the text of the template', () => {
    const own = labelTemplate({
      input: 'A long text that is the same for every row. <TITLE>',
      instruction: 'Tell the mood of <INPUT>.',
      examples: [{ ...exampleOf('e', 'One.', 'good'), values: { TITLE: 'T', INPUT: 'One.' } }],
    })
    const made = (id: string, title: string, input: string): TestRow =>
      testRow.parse({ id, values: { TITLE: title, INPUT: input }, expected: 'good' })
    const flags = flagRows([made('a', 'T', 'One.'), made('b', 'U', 'One.')], own)
    expect(kindsOf(flags.get('a'))).toEqual(['equals-example e'])
    expect(flags.has('b')).toBe(false)
  })

  it('leaves out rows that would measure copying, unless they were chosen by hand', () => {
    const [copy] = flagRows([row('a', 'What a day!')], template).get('a') ?? []
    const flags = copy === undefined ? [] : [copy]
    expect(isIncluded(row('a', ''), flags)).toBe(false)
    expect(isIncluded({ ...row('a', ''), included: true }, flags)).toBe(true)
    expect(isIncluded({ ...row('a', ''), included: false }, [])).toBe(false)
    expect(isIncluded(row('a', ''))).toBe(true)
    const near: RowFlag = { kind: 'near-example', message: '', other: 'e2' }
    expect(isIncluded(row('a', ''), [near])).toBe(false)
    const twice: RowFlag = { kind: 'duplicate-row', message: '', other: 'b' }
    expect(isIncluded(row('a', ''), [twice])).toBe(true)
  })
})

describe('createNearestText', () => {
  it('finds nothing near a text without words', () => {
    expect(createNearestText([{ id: 'a', text: '?!' }])('…')).toBeNull()
  })

  it('finds the same as a comparison with each text', () => {
    const text = fc
      .array(fc.constantFrom('pump', 'late', 'box', 'wet'), { minLength: 1, maxLength: 9 })
      .map((words) => words.join(' '))
    fc.assert(
      fc.property(fc.array(text, { maxLength: 8 }), text, (texts, asked) => {
        const known = texts.map((one, index) => ({ id: String(index), text: one }))
        const likeness = (one: string): number => jaccard(shingles(one), shingles(asked))
        const best = Math.max(0, ...texts.map(likeness))
        const found = createNearestText(known)(asked)
        if (best < 0.8) expect(found).toBeNull()
        else expect(likeness(texts[Number(found)] ?? '')).toBe(best)
      }),
    )
  })
})
