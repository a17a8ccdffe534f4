import { appContract, type AppContract } from '../../src/shared/contract/index.ts'
import type { RunSummary } from '../../src/shared/domain/testRun/run.ts'
import type { TestSetSummary } from '../../src/shared/domain/testRun/testSet.ts'
import { AppError } from '../../src/shared/errors.ts'
import type { Handlers } from '../../src/shared/rpc/contract.ts'
import { unavailable } from '../../src/shared/rpc/unavailable.ts'

type RunHandlers = Handlers<AppContract>['testRuns']
type Figures = Awaited<ReturnType<RunHandlers['figures']>>

export interface FakeTestRunsOptions {
  readonly testSets?: readonly TestSetSummary[]
  readonly runs?: readonly RunSummary[]
  /** What was measured, by run. */
  readonly figures?: Readonly<Record<string, Figures>>
}

/** Test sets and runs as they are given; nothing is run. */
export function createFakeTestRuns(options: FakeTestRunsOptions = {}): RunHandlers {
  const { testSets = [], runs = [], figures = {} } = options
  return {
    ...unavailable(appContract.testRuns, 'No test runs here.'),
    testSets: ({ template }) => testSets.filter((one) => one.template === template),
    list: ({ template }) =>
      runs.filter(({ record }) => template === null || record.template === template),
    figures({ id }) {
      const found = figures[id]
      if (found === undefined) throw new AppError('not-found', 'This run is no longer there.')
      return found
    },
  }
}
