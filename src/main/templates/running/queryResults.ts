import type { AppContract } from '../../../shared/contract/index.ts'
import { margin } from '../../../shared/domain/statistics/margin.ts'
import { outcomesOf } from '../../../shared/domain/testRun/compareArms.ts'
import type { RowResult } from '../../../shared/domain/testRun/run.ts'
import { assertNever } from '../../../shared/errors.ts'
import type { Handlers } from '../../../shared/rpc/contract.ts'
import type { OpenRun } from './openRun.ts'

export type ResultsQuery = Parameters<Handlers<AppContract>['testRuns']['results']>[0]
type Filter = ResultsQuery['filter']
type Query = Pick<ResultsQuery, 'arm' | 'filter' | 'sort'>

/** Filters, sorts and pages the results of a run. */
export type QueryResults = (
  run: Pick<OpenRun, 'resultsOf'>,
  query: Query,
) => Promise<readonly RowResult[]>

const none: readonly RowResult[] = []

/** Creates a query that caches its last filtered list, since its pages are requested one by one. */
export function createResultsQuery(): QueryResults {
  let last:
    | {
        readonly key: string
        readonly own: readonly RowResult[]
        readonly others: readonly RowResult[]
        readonly found: readonly RowResult[]
      }
    | undefined
  return async (run, { arm, filter, sort }) => {
    const key = JSON.stringify([arm, filter, sort])
    const own = await run.resultsOf(arm)
    const others = filter.kind === 'differs' ? await run.resultsOf(filter.from) : none
    // The arrays are the same objects until a result is added.
    if (last?.key === key && last.own === own && last.others === others) return last.found
    const found = sorted(filtered(own, others, filter), sort)
    last = { key, own, others, found }
    return found
  }
}

function filtered(
  own: readonly RowResult[],
  others: readonly RowResult[],
  filter: Filter,
): readonly RowResult[] {
  return filter.kind === 'all' ? own : own.filter(matches(others, filter))
}

function sorted(found: readonly RowResult[], sort: Query['sort']): readonly RowResult[] {
  switch (sort) {
    case 'row':
      return found
    case 'margin':
      // Results without probabilities come last.
      return sortedBy(found, ({ probabilities }) =>
        probabilities === null ? Infinity : margin(probabilities),
      )
    case 'seconds':
      return sortedBy(found, ({ ms }) => -ms)
    default:
      return assertNever(sort)
  }
}

/** @param others results of the arm that the filter compares with. */
function matches(others: readonly RowResult[], filter: Filter): (result: RowResult) => boolean {
  switch (filter.kind) {
    case 'all':
      return () => true
    case 'not-valid':
      return ({ check }) => !check.parseable || check.repairs.length > 0
    case 'not-in-domain':
      return ({ check }) => !check.inDomain
    case 'wrong':
      return ({ score }) => score?.exactMatch === false
    case 'failed':
      return ({ error }) => error !== null
    case 'wrong-field':
      return ({ score }) => score?.fields[filter.field]?.correct === false
    case 'confusion':
      return ({ score }) => {
        const classes = score?.fields[filter.field]?.classes ?? null
        return classes?.expected === filter.expected && classes.given === filter.given
      }
    case 'differs': {
      const outcomes = outcomesOf(others)
      return ({ row, score }) => {
        const other = outcomes.get(row)
        return score !== null && other !== undefined && other !== score.exactMatch
      }
    }
    default:
      return assertNever(filter)
  }
}

function sortedBy(
  results: readonly RowResult[],
  value: (result: RowResult) => number,
): readonly RowResult[] {
  return results
    .map((result) => ({ result, by: value(result) }))
    .sort((a, b) => (a.by === b.by ? 0 : a.by - b.by))
    .map(({ result }) => result)
}
