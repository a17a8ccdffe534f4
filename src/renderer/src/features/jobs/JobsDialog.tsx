import { X } from 'lucide-react'
import type { ImportProgress } from '../../../../shared/contract/documents.ts'
import './jobs.css'
import type { UploadProgress } from '../../api/fileSource.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { plural } from '../../ui/format.ts'
import { ProgressBar } from '../../ui/ProgressBar.tsx'
import { PauseButton, timeLeft, type JobActions } from './JobCard.tsx'

export interface JobsDialogProps {
  readonly open: boolean
  readonly progress: ImportProgress
  readonly upload: UploadProgress | null
  readonly actions: JobActions
  readonly onClose: () => void
  readonly onShowLibrary: () => void
}

/** All background work with its progress, and the means to stop it. */
export function JobsDialog(props: JobsDialogProps) {
  const { open, progress, upload, actions, onClose, onShowLibrary } = props
  const idle = progress.total === 0 && upload === null
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title="Background work"
      width={480}
      actions={<Button onClick={onShowLibrary}>Show in the library</Button>}
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
    </Dialog>
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
          {secondsLeft === null || paused ? '' : timeLeft(secondsLeft)}
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
