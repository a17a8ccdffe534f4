import type { RunSummary } from '../../../../../shared/domain/testRun/run.ts'

/** Whether a run is running or queued. */
export function isActiveRun({ status }: Pick<RunSummary, 'status'>): boolean {
  return status === 'running' || status === 'waiting'
}
