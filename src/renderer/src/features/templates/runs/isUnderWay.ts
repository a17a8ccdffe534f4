import type { RunSummary } from '../../../../../shared/domain/testRun/run.ts'

/** Whether a run answers rows, or will as soon as another is done. */
export function isUnderWay({ status }: Pick<RunSummary, 'status'>): boolean {
  return status === 'running' || status === 'waiting'
}
