import type { JudgedRun } from '../../../shared/domain/testRun/figures.ts'
import type { AppContract } from '../../../shared/contract/index.ts'
import { comparePairs, outcomesOf } from '../../../shared/domain/testRun/compareArms.ts'
import type { RunRecord, RunSummary } from '../../../shared/domain/testRun/run.ts'
import { AppError } from '../../../shared/errors.ts'
import type { Handlers } from '../../../shared/rpc/contract.ts'
import { exportRun } from './exportRun.ts'
import type { OpenRun } from './openRun.ts'
import { createResultsQuery } from './queryResults.ts'

/** The queries on runs, finished or not. */
export type RunReadings = Pick<
  Handlers<AppContract>['testRuns'],
  'figures' | 'compare' | 'results' | 'exportRun'
>

export interface ReadableRun {
  readonly record: RunRecord
  readonly summary: RunSummary
  /** Opens its results. */
  readonly open: () => Promise<OpenRun>
  /** Figures and verdict, which may be cached so that it needn't be opened. */
  readonly judge: () => Promise<JudgedRun>
}

/** @param find @throws AppError `not-found`. */
export function createRunReadings(find: (id: string) => ReadableRun): RunReadings {
  const query = createResultsQuery()
  return {
    async figures({ id }) {
      const run = find(id)
      return { summary: run.summary, ...(await run.judge()) }
    },
    async compare({ a, b }) {
      const sides = await Promise.all(
        [a, b].map(async ({ run: id, arm }) => {
          const { record, open } = find(id)
          const name = record.arms.find((one) => one.id === arm)?.name ?? arm
          const results = await (await open()).resultsOf(arm)
          return { key: `${id} ${arm}`, name, outcomes: outcomesOf(results) }
        }),
      )
      const names = new Map(sides.map(({ key, name }) => [key, name]))
      const [compared] = comparePairs(
        [{ a: `${a.run} ${a.arm}`, b: `${b.run} ${b.arm}` }],
        (key) => names.get(key) ?? key,
        new Map(sides.map(({ key, outcomes }) => [key, outcomes])),
      )
      if (compared !== undefined) return { ...compared, a: a.arm, b: b.arm }
      throw new AppError('invalid-input', 'These two have no scored row in common.')
    },
    async results({ run: id, from, count, ...wanted }) {
      const run = await find(id).open()
      const found = await query(run, wanted)
      return {
        total: found.length,
        results: found.slice(from, from + count).flatMap((result) => {
          const row = run.rows.get(result.row)
          return row === undefined ? [] : [{ row, result }]
        }),
      }
    },
    async exportRun({ id, kind }) {
      const { record, open } = find(id)
      return exportRun(record, await open(), kind)
    },
  }
}
