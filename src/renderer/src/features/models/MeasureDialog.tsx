import { useEffect, useRef, useState } from 'react'
import type { CalibrateItem } from '../../../../shared/contract/models.ts'
import { choiceInWords } from '../../../../shared/domain/choiceMeasured.ts'
import { isCancelled } from '../../../../shared/errors.ts'
import type { Api } from '../../api/api.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { formatDecimal, plural } from '../../ui/format.ts'
import { ProgressBar } from '../../ui/ProgressBar.tsx'
import { Notice } from './InUse.tsx'
import { sentenceOf } from './sentenceOf.ts'
import './ModelsPlace.css'
import './ModelTable.css'
import './dialogText.css'
import './MeasureDialog.css'

const fallback = 'The model could not be measured. Try again in a moment.'

export interface MeasureDialogProps {
  readonly api: Pick<Api, 'models'>
  readonly id: string
  readonly name: string
  readonly onClose: () => void
}

type Measured = Extract<CalibrateItem, { readonly type: 'done' }>

type Progress =
  | { readonly kind: 'before' }
  | { readonly kind: 'running'; readonly item: CalibrateItem | null }
  | { readonly kind: 'done'; readonly result: Measured }
  | { readonly kind: 'failed'; readonly message: string }

/** Measures how fast a model reads and writes by number of threads. */
export function MeasureDialog({ api, id, name, onClose }: MeasureDialogProps) {
  const [progress, setProgress] = useState<Progress>({ kind: 'before' })
  const controller = useRef<AbortController | null>(null)
  useEffect(() => () => controller.current?.abort(), [])

  async function measure(): Promise<void> {
    const own = new AbortController()
    controller.current = own
    setProgress({ kind: 'running', item: null })
    try {
      for await (const item of api.models.calibrate({ id }, { signal: own.signal })) {
        if (item.type === 'done') setProgress({ kind: 'done', result: item })
        else setProgress({ kind: 'running', item })
      }
    } catch (error) {
      if (own.signal.aborted || isCancelled(error)) setProgress({ kind: 'before' })
      else setProgress({ kind: 'failed', message: sentenceOf(error, fallback) })
    }
  }

  const running = progress.kind === 'running'
  return (
    <Dialog
      open
      title={`How fast is ${name} here?`}
      width={480}
      onClose={onClose}
      actions={
        running ? (
          <Button onClick={() => controller.current?.abort()}>Stop</Button>
        ) : (
          <>
            <Button onClick={onClose}>{progress.kind === 'done' ? 'Done' : 'Not now'}</Button>
            <Button
              variant={progress.kind === 'done' ? 'plain' : 'primary'}
              data-autofocus
              onClick={() => void measure()}
            >
              {progress.kind === 'before' ? 'Measure' : 'Measure again'}
            </Button>
          </>
        )
      }
    >
      {progress.kind === 'before' && (
        <p className="dim">
          Penknife lets it read and write with different numbers of threads and remembers the
          fastest, and lets it choose quotes for questions with known answers, to see how much its
          choice should count. That takes from some seconds to a few minutes; questions wait
          meanwhile.
        </p>
      )}
      {running && <Running item={progress.item} />}
      {progress.kind === 'done' && <Results {...progress.result} />}
      {progress.kind === 'failed' && <Notice text={progress.message} />}
    </Dialog>
  )
}

const stages = {
  loading: 'Loading the model',
  measuring: 'Measuring its speed',
  choosing: 'Asking it questions with known answers',
} as const

function Running({ item }: { readonly item: CalibrateItem | null }) {
  const label = item === null || item.type === 'done' ? stages.loading : stages[item.type]
  const fraction = item === null || item.type === 'done' ? null : item.fraction
  return (
    <div className="models-measuring">
      <div className="dim" role="status">
        {label}
      </div>
      <ProgressBar label={label} fraction={fraction} />
    </div>
  )
}

function Results({ threads, measured, choice }: Measured) {
  return (
    <>
      <table className="models-table">
        <thead>
          <tr>
            <th scope="col">Threads</th>
            <th scope="col" className="is-end">
              Reads, tokens a second
            </th>
            <th scope="col" className="is-end">
              Writes, tokens a second
            </th>
          </tr>
        </thead>
        <tbody>
          {measured.map((one) => (
            <tr key={one.threads}>
              <th scope="row">{one.threads}</th>
              <td className="is-end num">{rate(one.prefill)}</td>
              <td className="is-end num">{rate(one.generation)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="dim models-dialog-text">
        From now on it reads with {plural(threads.prefill, 'thread')} and writes with{' '}
        {plural(threads.generation, 'thread')}.
      </p>
      <p className="dim models-dialog-text">{choiceInWords(choice)}</p>
    </>
  )
}

function rate(tokens: number): string {
  return formatDecimal(tokens, tokens >= 100 ? 0 : 1)
}
