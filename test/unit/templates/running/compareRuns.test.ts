import { describe, expect, it } from 'vitest'
import { compareRuns } from '../../../../src/main/templates/running/compareRuns.ts'
import type { ReadableRun } from '../../../../src/main/templates/running/readableRun.ts'
import type { TestRow } from '../../../../src/shared/domain/testRun/testSet.ts'
import { moodRows } from '../../../helpers/runMaterial.ts'

const rows = moodRows(8).map((row, at) => ({ ...row, tags: [at < 6 ? 'short' : 'long', 'all'] }))

/** A run in which rows are right as `isRight` says. */
function runOf(own: readonly TestRow[], isRight: (row: TestRow) => boolean): ReadableRun {
  const results = own.map((row) => ({ row: row.id, score: { exactMatch: isRight(row) } }))
  return {
    record: { arms: [{ id: 'arm', name: 'Arm' }] },
    open: () =>
      Promise.resolve({
        rows: new Map(own.map((row) => [row.id, row])),
        resultsOf: () => Promise.resolve(results),
      }),
  } as unknown as ReadableRun
}

const compare = (a: ReadableRun, b: ReadableRun) =>
  compareRuns((id) => (id === 'a' ? a : b), { run: 'a', arm: 'arm' }, { run: 'b', arm: 'arm' })

describe('two runs', () => {
  it('are compared on the rows that both have, unless they were edited in between', async () => {
    const edited = rows.slice(1).map((row, at) => (at === 0 ? { ...row, expected: 'other' } : row))
    const found = await compare(
      runOf(rows, () => false),
      runOf(edited, () => true),
    )
    expect(found).toMatchObject({ rows: 6, better: 6, worse: 0 })
    expect(found.tags.map(({ tag, comparison }) => [tag, comparison.rows])).toEqual([
      ['all', 6],
      ['long', 2],
      ['short', 4],
    ])
  })

  it('are compared on the rows of each tag, corrected for their number', async () => {
    const found = await compare(
      runOf(rows, () => false),
      runOf(rows, ({ tags }) => tags?.includes('short') === true),
    )
    expect(
      found.tags.map(({ tag, comparison }) => [tag, comparison.rows, comparison.better]),
    ).toEqual([
      ['all', 8, 6],
      ['long', 2, 0],
      ['short', 6, 6],
    ])
    expect(found.p).toBe(found.pAdjusted)
    expect(found.tags[0]?.comparison.pAdjusted).toBeGreaterThan(found.p)
  })

  it('without a row in common are refused', async () => {
    const [one, other] = [rows.slice(0, 4), rows.slice(4)].map((part) => runOf(part, () => true))
    if (one === undefined || other === undefined) expect.fail('Two runs are made.')
    await expect(compare(one, other)).rejects.toMatchObject({ code: 'invalid-input' })
  })
})
