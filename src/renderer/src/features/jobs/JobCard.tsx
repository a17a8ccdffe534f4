import { Pause, Play, X } from 'lucide-react'
import type { ImportProgress } from '../../../../shared/contract/documents.ts'
import type { UploadProgress } from '../../api/fileSource.ts'
import { classNames } from '../../ui/classNames.ts'
import { pageWords, timeLeftWords } from '../../ui/format.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { ProgressBar } from '../../ui/ProgressBar.tsx'
import { Tooltip } from '../../ui/Tooltip.tsx'
import type { Job } from './job.ts'
import './JobCard.css'

export interface JobActions {
  readonly pause: () => void
  readonly resume: () => void
  readonly cancelImport: () => void
  readonly cancelUpload: () => void
}

export interface JobCardProps {
  readonly progress: ImportProgress
  readonly upload: UploadProgress | null
  /** Other jobs, the most important first. */
  readonly jobs: readonly Job[]
  readonly collapsed: boolean
  readonly actions: JobActions
  readonly onOpen: () => void
}

/** Background work at the bottom of the rail; renders nothing if there is none. */
export function JobCard(props: JobCardProps) {
  const { progress, upload, jobs, collapsed, actions, onOpen } = props
  const importing = progress.total > 0
  if (!importing && upload === null) {
    const [first, ...others] = jobs
    if (first === undefined) return null
    return <OtherJob job={first} more={others.length} collapsed={collapsed} onOpen={onOpen} />
  }
  const done = upload !== null && !importing ? upload.done : progress.done
  const total = upload !== null && !importing ? upload.total : progress.total
  const fraction = total === 0 ? null : done / total
  const count = `${String(done)}/${String(total)}`
  const title = titleOf(progress, upload)
  if (collapsed) {
    return <SmallJob title={title} detail={count} fraction={fraction} onOpen={onOpen} />
  }
  return (
    <section className="pk-job" aria-label="Background work">
      <button type="button" className="pk-job-title" onClick={onOpen}>
        <span className="grow cut">{title}</span>
        <span className="faint num">{count}</span>
      </button>
      <ProgressBar className="pk-job-bar" label={title} fraction={fraction} />
      <div className="row">
        <span className="grow faint num cut">{remaining(progress, upload)}</span>
        {importing && <PauseButton paused={progress.paused} actions={actions} />}
        <IconButton
          label={importing ? 'Cancel import' : 'Cancel'}
          icon={<X />}
          onClick={importing ? actions.cancelImport : actions.cancelUpload}
        />
      </div>
      <More count={jobs.length} onOpen={onOpen} />
    </section>
  )
}

function OtherJob({
  job,
  more,
  collapsed,
  onOpen,
}: {
  readonly job: Job
  /** Number of further jobs. */
  readonly more: number
  readonly collapsed: boolean
  readonly onOpen: () => void
}) {
  const { title, fraction, failed, brief } = job
  if (collapsed) {
    return <SmallJob {...{ title, fraction, failed, onOpen }} detail={brief} />
  }
  return (
    <section className="pk-job" aria-label="Background work">
      <button type="button" className="pk-job-title" onClick={onOpen}>
        <span className="grow cut">{title}</span>
        <JobPercent job={job} />
      </button>
      {!failed && <ProgressBar className="pk-job-bar" label={title} fraction={fraction} />}
      <div className="row">
        <span className={classNames('grow num cut', failed ? 'pk-job-failed' : 'faint')}>
          {brief}
        </span>
        <JobButtons job={job} />
      </div>
      <More count={more} onOpen={onOpen} />
    </section>
  )
}

/** The progress in percent, if it is known and the job hasn't failed. */
export function JobPercent({ job: { fraction, failed } }: { readonly job: Job }) {
  if (fraction === null || failed) return null
  return <span className="faint num">{`${String(Math.floor(fraction * 100))} %`}</span>
}

/** Buttons to pause or resume, and to cancel. */
export function JobButtons({ job: { title, pause, resume, cancel } }: { readonly job: Job }) {
  return (
    <>
      {pause !== null && <IconButton label={`Pause: ${title}`} icon={<Pause />} onClick={pause} />}
      {resume !== null && <IconButton label={`Go on: ${title}`} icon={<Play />} onClick={resume} />}
      <IconButton label={`Cancel: ${title}`} icon={<X />} onClick={cancel} />
    </>
  )
}

function More({ count, onOpen }: { readonly count: number; readonly onOpen: () => void }) {
  if (count === 0) return null
  return (
    <button type="button" className="pk-job-more faint" onClick={onOpen}>
      and {String(count)} more
    </button>
  )
}

function SmallJob(props: {
  readonly title: string
  readonly detail: string
  readonly fraction: number | null
  readonly failed?: boolean
  readonly onOpen: () => void
}) {
  const { title, detail, fraction, failed = false, onOpen } = props
  const percent = fraction === null ? '…' : `${String(Math.floor(fraction * 100))} %`
  const shown = failed ? 'Failed' : percent
  return (
    <Tooltip text={`${title} ${detail}`} side="right">
      <button
        type="button"
        className={classNames('pk-job-small', failed && 'pk-job-failed')}
        aria-label={`${title}: ${shown}`}
        onClick={onOpen}
      >
        <span className="num">{shown}</span>
        {!failed && <ProgressBar label={title} fraction={fraction} />}
      </button>
    </Tooltip>
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
  const left = progress.secondsLeft === null ? '' : timeLeftWords(progress.secondsLeft)
  const { reading } = progress
  const page = reading === null || reading.pages === 1 ? '' : pageWords(reading)
  return [page, left, failed].filter((part) => part !== '').join(' · ')
}
