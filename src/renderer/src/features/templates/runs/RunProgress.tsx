import type { RunSummary } from '../../../../../shared/domain/testRun/run.ts'
import type { Api } from '../../../api/api.ts'
import { Button } from '../../../ui/Button.tsx'
import { formatCount, formatTimeLeft } from '../../../ui/format.ts'
import { ProgressBar } from '../../../ui/ProgressBar.tsx'
import { showError } from '../../../ui/toasts.ts'
import './RunProgress.css'

/**
 * The progress of a run and its actions; renders nothing for a run that ended without a failure.
 */
export function RunProgress({
  run,
  api,
}: {
  readonly run: RunSummary
  readonly api: Pick<Api, 'testRuns'>
}) {
  const { testRuns } = api
  const { id } = run.record
  const act = (work: Promise<void>, fallback: string): void =>
    void work.catch((error: unknown) => showError(error, fallback))
  const underWay = run.status === 'running' || run.status === 'waiting' || run.status === 'paused'
  if (run.status === 'done' && run.failed === 0) return null
  return (
    <div className="run-progress" role="status">
      <span className="grow">
        {statusWords(run)}
        {run.message !== null && <span className="run-progress-message"> {run.message}</span>}
      </span>
      {underWay && (
        <div className="run-progress-bar">
          <ProgressBar label="Rows answered" fraction={run.done / Math.max(1, run.total)} />
        </div>
      )}
      {run.status === 'running' && (
        <Button onClick={() => act(testRuns.pause({ id }), 'The run could not be paused.')}>
          Pause
        </Button>
      )}
      {(run.status === 'paused' || run.status === 'cancelled' || run.status === 'failed') && (
        <Button onClick={() => act(testRuns.resume({ id }), 'The run could not go on. Try again.')}>
          Go on
        </Button>
      )}
      {underWay && (
        <Button
          variant="quiet"
          onClick={() => act(testRuns.cancel({ id }), 'The run could not be stopped.')}
        >
          Stop
        </Button>
      )}
      {!underWay && run.failed > 0 && (
        <Button onClick={() => act(testRuns.rerunFailed({ id }), 'The rows could not be rerun.')}>
          Rerun failed rows
        </Button>
      )}
    </div>
  )
}

function statusWords({
  status,
  done,
  total,
  failed,
  secondsLeft,
  arm,
  record,
}: RunSummary): string {
  const count = `${formatCount(done)} of ${formatCount(total)} answers`
  const name = record.arms.find(({ id }) => id === arm)?.name
  switch (status) {
    case 'waiting':
      return `Waits to begin: ${count}.`
    case 'running': {
      const left = secondsLeft === null ? '' : `, ${formatTimeLeft(secondsLeft)}`
      return `${name === undefined ? '' : `${name}: `}${count}${left}`
    }
    case 'paused':
      return `Paused after ${count}. Nothing is lost.`
    case 'cancelled':
      return `Stopped after ${count}. What was measured is kept.`
    case 'failed':
      return `Ended after ${count}.`
    case 'done':
      return `${formatCount(failed)} of ${formatCount(total)} answers did not come about.`
  }
}
