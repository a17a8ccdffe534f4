import { Plus } from 'lucide-react'
import { useState } from 'react'
import type { InstalledModel } from '../../../../../shared/domain/languageModel.ts'
import { mostItems } from '../../../../../shared/domain/limits.ts'
import type { RunPlan } from '../../../../../shared/domain/testRun/arm.ts'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { formatBytes, formatCount, plural } from '../../../ui/format.ts'
import { SettingCard } from './SettingCard.tsx'
import { emptyDraft, settingOf, type SettingDraft } from './settingDraft.ts'
import './CompareDialog.css'

type ModelPlan = Extract<RunPlan, { kind: 'models' }>

export interface CompareDialogProps {
  readonly installed: readonly InstalledModel[]
  /** Rows of the test set. */
  readonly rows: number
  readonly onRun: (compared: Pick<ModelPlan, 'models' | 'settings'>) => void
  readonly onClose: () => void
}

/** Chooses models and settings to answer the same rows with. */
export function CompareDialog({ installed, rows, onRun, onClose }: CompareDialogProps) {
  const usable = installed.filter(({ role, problem }) => role === 'answers' && problem === null)
  const [files, setFiles] = useState(() => usable.filter((one) => one.inUse).map((one) => one.file))
  const [asWritten, setAsWritten] = useState(true)
  const [drafts, setDrafts] = useState<readonly SettingDraft[]>([])
  const models = usable.filter(({ file }) => files.includes(file)).map(({ file }) => file)
  const typed = drafts.map(settingOf)
  const settings = [...(asWritten ? [{}] : []), ...typed.filter((one) => one !== null)]
  const lacking = whatIsLacking(models.length, settings.length, typed.includes(null))

  return (
    <Dialog
      open
      onClose={onClose}
      width={640}
      title="Compare models and settings"
      description="Each chosen model answers each row with each setting, one model after another."
      actions={
        <>
          <span className="grow dim" role="status">
            {lacking ?? estimateInWords(models.length, settings.length, rows)}
          </span>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            disabled={lacking !== null}
            onClick={() => onRun({ models, settings })}
          >
            Run
          </Button>
        </>
      }
    >
      <div className="cmp-parts">
        <ModelChoice usable={usable} chosen={files} onChange={setFiles} />
        <section className="cmp-part">
          <h3>Settings</h3>
          <label className="cmp-check">
            <input
              type="checkbox"
              checked={asWritten}
              onChange={({ target }) => setAsWritten(target.checked)}
            />
            The template’s settings
          </label>
          <SettingList drafts={drafts} onChange={setDrafts} />
        </section>
      </div>
    </Dialog>
  )
}

function ModelChoice({
  usable,
  chosen,
  onChange,
}: {
  readonly usable: readonly InstalledModel[]
  readonly chosen: readonly string[]
  readonly onChange: (files: string[]) => void
}) {
  return (
    <fieldset className="cmp-part" aria-label="Models">
      <h3>Models</h3>
      {usable.map(({ id, name, file, facts }) => (
        <label key={id} className="cmp-check">
          <input
            type="checkbox"
            checked={chosen.includes(file)}
            disabled={!chosen.includes(file) && chosen.length >= mostItems.testedModels}
            onChange={({ target }) =>
              onChange(target.checked ? [...chosen, file] : chosen.filter((one) => one !== file))
            }
          />
          <span>
            {name}
            {facts !== null && (
              <span className="dim"> about {formatBytes(facts.fits.memoryBytes)} of memory</span>
            )}
          </span>
        </label>
      ))}
    </fieldset>
  )
}

function SettingList({
  drafts,
  onChange,
}: {
  readonly drafts: readonly SettingDraft[]
  readonly onChange: (drafts: readonly SettingDraft[]) => void
}) {
  const next = Math.max(0, ...drafts.map(({ key }) => key)) + 1
  return (
    <>
      {drafts.map((draft, index) => (
        <SettingCard
          key={draft.key}
          title={`Setting ${String(index + 1)}`}
          draft={draft}
          onChange={(changed) =>
            onChange(drafts.map((one) => (one.key === changed.key ? changed : one)))
          }
          onRemove={() => onChange(drafts.filter(({ key }) => key !== draft.key))}
        />
      ))}
      <div>
        <Button
          icon={<Plus />}
          // One is the template's own.
          disabled={drafts.length >= mostItems.testedSettings - 1}
          onClick={() => onChange([...drafts, emptyDraft(next)])}
        >
          Add a setting
        </Button>
      </div>
    </>
  )
}

function whatIsLacking(models: number, settings: number, unfinished: boolean): string | null {
  if (models === 0) return 'Choose a model.'
  if (unfinished) return 'Fill in each setting, or remove it.'
  if (settings === 0) return 'Choose a setting.'
  return models * settings < 2 ? 'Choose another model, or add a setting.' : null
}

function estimateInWords(models: number, settings: number, rows: number): string {
  const each = [plural(models, 'model'), plural(settings, 'setting'), plural(rows, 'row')]
  return `${each.join(' × ')}: ${formatCount(models * settings * rows)} answers`
}
