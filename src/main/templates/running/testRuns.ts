import type { AppContract } from '../../../shared/contract/index.ts'
import type { Handlers } from '../../../shared/rpc/contract.ts'

/** Runs of tests: each goes on until it is done, whoever looks on. */
export interface TestRuns extends Pick<
  Handlers<AppContract>['testRuns'],
  | 'start'
  | 'pause'
  | 'resume'
  | 'cancel'
  | 'rerunFailed'
  | 'remove'
  | 'list'
  | 'changed'
  | 'removed'
  | 'figures'
  | 'compare'
  | 'results'
  | 'exportRun'
  | 'suggestExamples'
> {
  /** Goes on with what was running when the app ended. */
  resumeInterrupted(): Promise<void>
  dispose(): Promise<void>
}
