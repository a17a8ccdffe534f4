import type { ModelState } from '../../../../shared/contract/models.ts'
import { bounds } from '../../../../shared/domain/limits.ts'
import {
  defaultModelSettings,
  defaultSettings,
  type ModelSettings,
  type Settings,
} from '../../../../shared/domain/settings.ts'
import { Field, Select } from '../../ui/Field.tsx'
import { formatCount } from '../../ui/format.ts'
import { Switch } from '../../ui/Switch.tsx'
import { OwnOrFixed } from './OwnOrFixed.tsx'
import './SettingsPlace.css'

export interface ModelUseProps {
  /** Path of the model's file, the key of its settings. */
  readonly file: string
  readonly model: ModelState | null
  readonly settings: Settings
  readonly onChange: (patch: Partial<ModelSettings>) => void
  readonly onGpu: (gpu: boolean) => void
  readonly onUnloadAfter: (minutes: number | null) => void
}

type Way = 'own' | 'write' | 'quote'

/** The settings of the model in use; saved per model. */
export function ModelUse(props: ModelUseProps) {
  const { file, model, settings, onChange, onGpu, onUnloadAfter } = props
  const own = settings.models[file] ?? defaultModelSettings
  const usual = model?.demo === true ? 'Quote' : 'Write'
  const ways: readonly { readonly value: Way; readonly label: string }[] = [
    { value: 'own', label: `As the model does (${usual})` },
    { value: 'write', label: 'Write' },
    { value: 'quote', label: 'Quote' },
  ]
  return (
    <>
      <Field
        inline="centered"
        label="Way of answering"
        hint="Write: in its own words, with citations. Quote: sentences of your documents, word for word."
      >
        {(control) => (
          <Select
            className="settings-control"
            {...control}
            value={own.answering ?? 'own'}
            options={ways}
            onChange={(way) => onChange({ answering: way === 'own' ? null : way })}
          />
        )}
      </Field>
      <Field
        inline="centered"
        label="Key sentences"
        hint="Show the model the sentences that fit best beside the question. Small models need it."
      >
        {(control) => (
          <Switch
            {...control}
            checked={own.keySentences}
            onChange={(keySentences) => onChange({ keySentences })}
          />
        )}
      </Field>
      <OwnOrFixed
        key={`context ${file}`}
        label="Context size"
        hint="How much the model can hold in mind at once, in tokens. More takes more memory."
        ownLabel={
          model?.contextSize == null || own.contextSize !== null
            ? 'Chosen by Penknife'
            : `Chosen by Penknife (${formatCount(model.contextSize)})`
        }
        unit="tokens"
        value={own.contextSize}
        suggestion={model?.contextSize ?? 4096}
        {...bounds.contextSize}
        onCommit={(contextSize) => onChange({ contextSize })}
      />
      <OwnOrFixed
        key={`threads ${file}`}
        label="Threads"
        hint="How many processor cores work on an answer. Penknife measures which number is fastest."
        ownLabel={
          model?.threads == null || own.threads !== null
            ? 'Measured'
            : `Measured (${formatCount(model.threads)})`
        }
        unit="threads"
        value={own.threads}
        suggestion={model?.threads ?? 2}
        {...bounds.threads}
        onCommit={(threads) => onChange({ threads })}
      />
      <Field
        inline="centered"
        label="Use the graphics card"
        hint="Faster where there is a suitable one. Switch it off if loading a model fails."
      >
        {(control) => <Switch {...control} checked={settings.gpu} onChange={onGpu} />}
      </Field>
      <OwnOrFixed
        label="Give its memory back"
        hint="When nobody has asked for so many minutes. The next question loads the model again."
        ownLabel="Never"
        fixedLabel="After some minutes"
        unit="minutes"
        value={settings.unloadAfterMinutes}
        suggestion={defaultSettings.unloadAfterMinutes ?? bounds.unloadAfterMinutes.max}
        {...bounds.unloadAfterMinutes}
        onCommit={onUnloadAfter}
      />
    </>
  )
}
