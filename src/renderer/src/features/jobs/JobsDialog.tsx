import { X } from 'lucide-react'
import type { ImportProgress } from '../../../../shared/contract/documents.ts'
import type { UploadProgress } from '../../api/fileSource.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { plural, timeLeftWords } from '../../ui/format.ts'
import { ProgressBar } from '../../ui/ProgressBar.tsx'
import type { Job } from './job.ts'
import { JobButtons, JobPercent, PauseButton, type JobActions } from './JobCard.tsx'
import './JobsDialog.css'

export interface JobsDialogProps {
  readonly open: boolean
  readonly progress: ImportProgress
  readonly upload: UploadProgress | null
  /** Other jobs. */
  readonly jobs: readonly Job[]
  readonly actions: JobActions
  readonly onClose: () => void
  readonly onShowLibrary: () => void
  readonly onShowModels: () => void
}

/** All background work with its progress, and buttons to stop it. */
export function JobsDialog(props: JobsDialogProps) {
  const { open, progress, upload, jobs, actions, onClose } = props
  const idle = progress.total === 0 && upload === null && jobs.length === 0
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title="Background work"
      width={480}
      actions={
        <>
          {jobs.length > 0 && <Button onClick={props.onShowModels}>Show under Models</Button>}
          <Button onClick={props.onShowLibrary}>Show in the library</Button>
        </>
      }
    >
      {idle && <p className="dim">Nothing is under way.</p>}
      {upload !== null && (
        <div className="pk-jobs-row">
          <div className="row">
            <span className="grow cut">Taking in {plural(upload.total, 'file')}</span>
            <span className="faint num">{`${String(upload.done)} of ${String(upload.total)}`}</span>
          </div>
          <ProgressBar
            label="Taking in files"
            fraction={upload.total === 0 ? null : upload.done / upload.total}
          />
          <div className="row">
            <span className="grow faint cut">{upload.current ?? ''}</span>
            <Button variant="quiet" icon={<X />} onClick={actions.cancelUpload}>
              Cancel
            </Button>
          </div>
        </div>
      )}
      {progress.total > 0 && <ImportRow progress={progress} actions={actions} />}
      {jobs.map((job) => (
        <OtherRow key={job.id} job={job} />
      ))}
    </Dialog>
  )
}

function OtherRow({ job }: { readonly job: Job }) {
  const { title, fraction, failed, figures, note } = job
  return (
    <div className="pk-jobs-row">
      <div className="row">
        <span className="grow cut">{title}</span>
        <JobPercent job={job} />
      </div>
      {!failed && <ProgressBar label={title} fraction={fraction} />}
      <div className="row">
        <span className="grow faint num cut">{figures}</span>
        <JobButtons job={job} />
      </div>
      {note !== null && <div className="dim">{note}</div>}
    </div>
  )
}

function ImportRow({
  progress,
  actions,
}: {
  readonly progress: ImportProgress
  readonly actions: JobActions
}) {
  const { total, done, failed, paused, secondsLeft, current } = progress
  return (
    <div className="pk-jobs-row">
      <div className="row">
        <span className="grow cut">
          {paused ? 'Import paused' : `Importing ${plural(total, 'file')}`}
        </span>
        <span className="faint num">{`${String(done)} of ${String(total)}`}</span>
      </div>
      <ProgressBar label="Importing" fraction={done / total} />
      <div className="faint cut">{current ?? ' '}</div>
      <div className="row">
        <span className="grow faint num">
          {secondsLeft === null || paused ? '' : timeLeftWords(secondsLeft)}
          {failed > 0 && ` · ${String(failed)} could not be read; the library says why`}
        </span>
        <PauseButton paused={paused} actions={actions} />
        <Button variant="quiet" icon={<X />} onClick={actions.cancelImport}>
          Cancel
        </Button>
      </div>
    </div>
  )
}
