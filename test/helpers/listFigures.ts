import { checkReply } from '../../src/shared/domain/template/checkReply.ts'
import { readExpected } from '../../src/shared/domain/template/expected.ts'
import { outputFormat } from '../../src/shared/domain/template/outputFormat.ts'
import { scoreReply } from '../../src/shared/domain/template/scoreReply.ts'
import { computeFigures } from '../../src/shared/domain/testRun/computeFigures.ts'
import type { ArmFigures } from '../../src/shared/domain/testRun/figures.ts'
import { madeResult } from './runResults.ts'

/** A list of objects with a set of labels, a yes/no and a text, and an object with a label. */
export const listFormat = outputFormat.parse({
  kind: 'json',
  fields: [
    {
      name: 'items',
      optional: true,
      type: {
        kind: 'list',
        item: {
          kind: 'object',
          fields: [
            {
              name: 'tags',
              type: { kind: 'list', item: { kind: 'label', labels: ['red', 'green'] } },
              measure: { kind: 'label-set' },
            },
            { name: 'paid', type: { kind: 'boolean' } },
            { name: 'note', type: { kind: 'text' } },
          ],
        },
      },
    },
    {
      name: 'delivery',
      type: {
        kind: 'object',
        fields: [{ name: 'state', type: { kind: 'label', labels: ['sent', 'lost'] } }],
      },
    },
  ],
})

/** The figures of rows in that format. */
export function listFigures(
  rows: readonly (readonly [expected: object, reply: object])[],
): ArmFigures {
  const results = rows.map(([wanted, given], row) => {
    const { expected } = readExpected(listFormat, JSON.stringify(wanted))
    const check = checkReply(listFormat, JSON.stringify(given))
    return madeResult(row, {
      check,
      score: expected === null ? null : scoreReply(listFormat, check, expected),
    })
  })
  return computeFigures(listFormat, results)
}
