import type { Api } from '../../../api/api.ts'

/** Which rows of an arm are shown. */
export type ResultFilter = Parameters<Api['testRuns']['results']>[0]['filter']

/** A row with an arm's answer. */
export type RowOfRun = Awaited<ReturnType<Api['testRuns']['results']>>['results'][number]

/** The filter in words. */
export function filterWords(filter: ResultFilter): string {
  switch (filter.kind) {
    case 'all':
      return 'All rows'
    case 'not-valid':
      return 'Rows whose answer is not in valid format'
    case 'not-in-domain':
      return 'Rows whose answer is not in the domain'
    case 'wrong':
      return 'Rows that are not right'
    case 'failed':
      return 'Rows in which no answer came about'
    case 'wrong-field':
      return `Rows in which ${filter.field} is not right`
    case 'confusion':
      return `${filter.field}: expected ${filter.expected}, given ${filter.given ?? 'something else'}`
    case 'differs':
      return 'Rows in which the arms differ'
  }
}
