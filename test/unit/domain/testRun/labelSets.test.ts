import { expect, it } from 'vitest'
import { checkReply } from '../../../../src/shared/domain/template/checkReply.ts'
import { readExpected } from '../../../../src/shared/domain/template/expected.ts'
import { outputFormat } from '../../../../src/shared/domain/template/outputFormat.ts'
import { scoreReply } from '../../../../src/shared/domain/template/scoreReply.ts'
import { computeFigures } from '../../../../src/shared/domain/testRun/computeFigures.ts'
import { madeResult } from '../../../helpers/runResults.ts'

const format = outputFormat.parse({
  kind: 'json',
  fields: [
    {
      name: 'tags',
      type: { kind: 'list', item: { kind: 'label', labels: ['red', 'green', 'blue'] } },
      measure: { kind: 'label-set' },
    },
  ],
})

function figuresOf(rows: readonly (readonly [expected: string, reply: string])[]) {
  const results = rows.map(([cell, reply], index) => {
    const { expected } = readExpected(format, { tags: cell })
    const check = checkReply(format, reply)
    const score = expected === null ? null : scoreReply(format, check, expected)
    return { ...madeResult(index + 1, { reply }), check, score }
  })
  return computeFigures(format, results).fields.tags
}

it('gives precision, recall and F1 of each label of a set', () => {
  const figures = figuresOf([
    ['red, green', '{"tags": ["green", "red", "red"]}'],
    ['red', '{"tags": ["red", "blue"]}'],
    ['red', '{"tags": ["green"]}'],
    // Not in the domain: all that was expected is missed.
    ['red', '{"tags": ["pink"]}'],
  ])
  expect(figures?.accuracy.value).toBe(0.25)
  expect(figures?.measure).toEqual({ kind: 'label-set' })
  expect(figures?.labels).toEqual([
    { label: 'red', support: 4, precision: 1, recall: 0.5, f1: 2 / 3 },
    { label: 'green', support: 1, precision: 0.5, recall: 1, f1: 2 / 3 },
    { label: 'blue', support: 0, precision: 0, recall: 0, f1: 0 },
  ])
  // As scikit-learn has it: the mean of 2/3, 2/3 and 0.
  expect(figures?.macroF1?.value).toBeCloseTo(4 / 9, 12)
})

it('leaves out of the mean a label that is nowhere', () => {
  expect(figuresOf([['red', '{"tags": ["red"]}']])?.macroF1?.value).toBe(1)
})
