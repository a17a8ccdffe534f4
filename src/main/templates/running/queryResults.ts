import type { AppContract } from '../../../shared/contract/index.ts'
import { margin } from '../../../shared/domain/statistics/margin.ts'
import type { RowResult } from '../../../shared/domain/testRun/run.ts'
import { assertNever } from '../../../shared/errors.ts'
import type { Handlers } from '../../../shared/rpc/contract.ts'
import type { OpenRun } from './openRun.ts'

export type ResultsQuery = Parameters<Handlers<AppContract>['testRuns']['results']>[0]
type Filter = ResultsQuery['filter']

type Queried = Pick<OpenRun, 'resultsOf' | 'get'>
type Query = Pick<ResultsQuery, 'arm' | 'filter' | 'sort'>

/** `queryResults`, which remembers its last answer: pages of one list are asked for one by one. */
export function createResultsQuery(): typeof queryResults {
  let last:
    | {
        readonly key: string
        readonly of: readonly unknown[]
        readonly found: readonly RowResult[]
      }
    | undefined
  return (run, query) => {
    const { arm, filter } = query
    const key = JSON.stringify(query)
    // The same array until a result is added.
    const of = [run.resultsOf(arm), filter.kind === 'differs' ? run.resultsOf(filter.from) : null]
    if (last?.key === key && of.every((one, index) => one === last?.of[index])) return last.found
    const found = queryResults(run, query)
    last = { key, of, found }
    return found
  }
}

/** The results of an arm that a filter lets through, sorted. */
export function queryResults(run: Queried, { arm, filter, sort }: Query): readonly RowResult[] {
  const own = run.resultsOf(arm)
  const found = filter.kind === 'all' ? own : own.filter(matches(run, filter))
  switch (sort) {
    case 'row':
      return found
    case 'margin':
      // What has no probabilities is not doubtful: it comes last.
      return sortedBy(found, ({ probabilities }) =>
        probabilities === null ? Infinity : margin(probabilities),
      )
    case 'seconds':
      return sortedBy(found, ({ ms }) => -ms)
    default:
      return assertNever(sort)
  }
}

function matches(run: Pick<OpenRun, 'get'>, filter: Filter): (result: RowResult) => boolean {
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
    case 'differs':
      return ({ row, score }) => {
        const other = run.get(filter.from, row)?.score ?? null
        return score !== null && other !== null && other.exactMatch !== score.exactMatch
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
