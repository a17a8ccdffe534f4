import { Pause, Play, X } from 'lucide-react'
import type { ImportProgress } from '../../../../shared/contract/documents.ts'
import './jobs.css'
import type { UploadProgress } from '../../api/fileSource.ts'
import { formatTimeLeft, pageWords } from '../../ui/format.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { ProgressBar } from '../../ui/ProgressBar.tsx'
import { Tooltip } from '../../ui/Tooltip.tsx'

export interface JobActions {
  readonly pause: () => void
  readonly resume: () => void
  readonly cancelImport: () => void
  readonly cancelUpload: () => void
}

export interface JobCardProps {
  readonly progress: ImportProgress
  readonly upload: UploadProgress | null
  readonly collapsed: boolean
  readonly actions: JobActions
  readonly onOpen: () => void
}

/** Background work at the foot of the rail; nothing when there is none. */
export function JobCard({ progress, upload, collapsed, actions, onOpen }: JobCardProps) {
  const importing = progress.total > 0
  if (!importing && upload === null) return null
  const done = upload !== null && !importing ? upload.done : progress.done
  const total = upload !== null && !importing ? upload.total : progress.total
  const fraction = total === 0 ? null : done / total
  const count = `${String(done)}/${String(total)}`
  const title = titleOf(progress, upload)
  if (collapsed) {
    return (
      <Tooltip text={`${title} ${count}`} side="right">
        <button type="button" className="pk-job-small" aria-label={title} onClick={onOpen}>
          <span className="num">
            {fraction === null ? '…' : `${String(Math.floor(fraction * 100))} %`}
          </span>
          <ProgressBar label={title} fraction={fraction} />
        </button>
      </Tooltip>
    )
  }
  return (
    <section className="pk-job" aria-label="Background work">
      <button type="button" className="pk-job-title" onClick={onOpen}>
        <span className="grow cut">{title}</span>
        <span className="faint num">{count}</span>
      </button>
      <ProgressBar label={title} fraction={fraction} />
      <div className="row">
        <span className="grow faint num cut">{remaining(progress, upload)}</span>
        {importing && <PauseButton paused={progress.paused} actions={actions} />}
        <IconButton
          label={importing ? 'Cancel import' : 'Cancel'}
          icon={<X />}
          onClick={importing ? actions.cancelImport : actions.cancelUpload}
        />
      </div>
    </section>
  )
}

export function PauseButton({
  paused,
  actions,
}: {
  readonly paused: boolean
  readonly actions: JobActions
}) {
  return paused ? (
    <IconButton label="Go on importing" icon={<Play />} onClick={actions.resume} />
  ) : (
    <IconButton label="Pause import" icon={<Pause />} onClick={actions.pause} />
  )
}

function titleOf(progress: ImportProgress, upload: UploadProgress | null): string {
  if (progress.total > 0) {
    if (progress.paused) return 'Import paused'
    return progress.current === null ? 'Importing' : `Importing ${progress.current}`
  }
  return upload?.current === null || upload === null
    ? 'Taking in files'
    : `Taking in ${upload.current}`
}

function remaining(progress: ImportProgress, upload: UploadProgress | null): string {
  if (progress.total === 0) return upload === null ? '' : 'copying'
  const failed = progress.failed === 0 ? '' : `${String(progress.failed)} failed`
  if (progress.paused) return failed
  const left = progress.secondsLeft === null ? '' : timeLeft(progress.secondsLeft)
  const { reading } = progress
  const page = reading === null || reading.pages === 1 ? '' : pageWords(reading)
  return [page, left, failed].filter((part) => part !== '').join(' · ')
}

/** "about 2 min left", "almost done". */
export function timeLeft(seconds: number): string {
  return seconds < 1 ? formatTimeLeft(seconds) : `${formatTimeLeft(seconds)} left`
}
