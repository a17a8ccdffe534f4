import { useEffect, useRef, useState } from 'react'
import { useStore } from 'zustand'
import type { CheckProgress } from '../../../../shared/contract/data.ts'
import { Button } from '../../ui/Button.tsx'
import { Field } from '../../ui/Field.tsx'
import { ProgressBar } from '../../ui/ProgressBar.tsx'
import { Switch } from '../../ui/Switch.tsx'
import type { DataCheckState, DataCheckStore } from './dataCheckStore.ts'
import { dataCheckWords as words, outcomeWords, progressWords } from './dataCheckWords.ts'
import { FaultList } from './FaultList.tsx'
import { useFocusAfter } from './useFocusAfter.ts'
import './DataCheckSection.css'
import './SettingsPlace.css'

/** Checks the data folder, and repairs what is damaged. */
export function DataCheckSection({ check }: { readonly check: DataCheckStore }) {
  const state = useStore(check.store)
  const [models, setModels] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    const take = (): void => {
      if (check.takeShow()) button.current?.focus()
    }
    take()
    return check.onShow(take)
  }, [check])
  const running = state.status === 'checking' || state.status === 'repairing'
  return (
    <>
      <div className="settings-line">
        <div>
          <div className="settings-label">{words.title}</div>
          <div className="data-check-hint">{words.hint}</div>
        </div>
        {/* One button, so that it keeps the focus when it changes. */}
        <Button ref={button} onClick={() => (running ? check.cancel() : void check.check(models))}>
          {running ? words.cancel : state.status === 'none' ? words.check : words.checkAgain}
        </Button>
      </div>
      <Field inline="centered" label={words.models} hint={words.modelsHint}>
        {(control) => (
          <Switch {...control} checked={models} disabled={running} onChange={setModels} />
        )}
      </Field>
      {running && (
        <Progress
          label={state.status === 'checking' ? words.checking : words.repairing}
          progress={state.progress}
        />
      )}
      <Outcome state={state} onRepair={(ids) => void check.repair(ids)} />
    </>
  )
}

function Progress({
  label,
  progress,
}: {
  readonly label: string
  readonly progress: CheckProgress | null
}) {
  const files = progress === null ? null : progress.done + (progress.fraction ?? 0)
  const total = progress?.total ?? 0
  return (
    <div className="data-check-progress">
      <div className="data-check-figures">
        <span>{progress === null ? `${label}…` : progressWords(progress)}</span>
        <span className="dim cut">{progress?.name}</span>
      </div>
      <ProgressBar label={label} fraction={files === null || total === 0 ? null : files / total} />
    </div>
  )
}

function Outcome({
  state,
  onRepair,
}: {
  readonly state: DataCheckState
  readonly onRepair: (ids: readonly string[]) => void
}) {
  const outcome = outcomeWords(state)
  const faults = state.status === 'checked' ? state.result.faults : []
  const repairable = faults.filter(({ repair }) => repair !== null).map(({ id }) => id)
  const place = useRef<HTMLDivElement>(null)
  useFocusAfter(state.status === 'checking' || state.status === 'repairing', place)
  return (
    <div className={outcome === null ? 'data-check-silent' : undefined}>
      <div className="settings-line">
        <div
          ref={place}
          tabIndex={-1}
          role="status"
          className={state.status === 'failed' ? 'data-check-failed' : undefined}
        >
          {outcome}
        </div>
        {repairable.length > 1 && (
          <Button onClick={() => onRepair(repairable)}>{words.repairAll}</Button>
        )}
      </div>
      {repairable.length > 0 && <p className="data-check-hint">{words.repairNote}</p>}
      <FaultList faults={faults} onRepair={(id) => onRepair([id])} />
    </div>
  )
}
