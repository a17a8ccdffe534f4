import type { AppContract } from '../../../shared/contract/index.ts'
import type { Handlers } from '../../../shared/rpc/contract.ts'
import { compareRuns } from './compareRuns.ts'
import { exportRun } from './exportRun.ts'
import { createResultsQuery } from './queryResults.ts'
import type { ReadableRun } from './readableRun.ts'

/** The queries on runs, finished or not. */
export type RunReadings = Pick<
  Handlers<AppContract>['testRuns'],
  'figures' | 'compare' | 'results' | 'exportRun'
>

/** @param find @throws AppError `not-found`. */
export function createRunReadings(find: (id: string) => ReadableRun): RunReadings {
  const query = createResultsQuery()
  return {
    async figures({ id }) {
      const run = find(id)
      return { summary: run.summary, ...(await run.judge()) }
    },
    compare: ({ a, b }) => compareRuns(find, a, b),
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
