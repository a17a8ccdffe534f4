import { expect, it } from 'vitest'
import { newRun } from '../../../../src/main/templates/running/newRun.ts'
import { createFakeLlm } from '../../../helpers/fakeLlm.ts'
import { createFakeRunning } from '../../../helpers/fakeRunning.ts'
import { createRunMaterial, moodRows, moodTemplate } from '../../../helpers/runMaterial.ts'

it('leaves out rows that equal or nearly equal an example of any of its versions', async () => {
  const rows = moodRows(5)
  const templates = [1, 2, 3].map((version) => ({ ...moodTemplate, name: `Mood ${version}` }))
  /** Rows that are left out for each version. */
  const given = new Map([
    ['Mood 1', 'r2'],
    ['Mood 2', 'r4'],
    ['Mood 3', 'r5'],
  ])
  const { record, ...run } = await newRun(
    {
      running: createFakeRunning(createFakeLlm('good')).inBackground,
      material: {
        ...createRunMaterial(rows),
        version: (_, version) => Promise.resolve(templates[version - 1] ?? moodTemplate),
        includedRows: (_, { name }) =>
          Promise.resolve(rows.filter(({ id }) => id !== given.get(name))),
      },
      hashes: { of: () => Promise.resolve('0'.repeat(64)) },
    },
    {
      template: 'mood',
      testSet: 's',
      plan: { kind: 'test', versions: [1, 2, 3], method: 'generate' },
    },
    new AbortController().signal,
  )
  expect(record.rows).toEqual(['r1', 'r3'])
  expect(run.rows.map(({ id }) => id)).toEqual(record.rows)
})
