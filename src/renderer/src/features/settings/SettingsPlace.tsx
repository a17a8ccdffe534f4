import type { ReactNode } from 'react'
import { useStore } from 'zustand'
import type { ModelState } from '../../../../shared/contract/models.ts'
import type { AppInfo } from '../../../../shared/contract/settings.ts'
import { bounds } from '../../../../shared/domain/limits.ts'
import type { ModelSettings, Settings } from '../../../../shared/domain/settings.ts'
import { Field } from '../../ui/Field.tsx'
import { Kbd } from '../../ui/Kbd.tsx'
import { Place } from '../../ui/Place.tsx'
import { SegmentedControl, Switch } from '../../ui/Switch.tsx'
import { AddressInput } from './AddressInput.tsx'
import { DataCheckSection } from './DataCheckSection.tsx'
import type { DataCheckStore } from './dataCheckStore.ts'
import { SetAsideSection } from './SetAsideSection.tsx'
import type { SetAsideStore } from './setAsideStore.ts'
import { ModelInUse } from './ModelInUse.tsx'
import { ModelUse } from './ModelUse.tsx'
import { NumberInput } from '../../ui/NumberInput.tsx'
import './SettingsPlace.css'

export interface SettingsPlaceProps {
  readonly info: AppInfo
  /** null until loaded. */
  readonly settings: Settings | null
  readonly model: ModelState | null
  /** Applies at once. */
  readonly onChange: (patch: Partial<Settings>) => void
  /** Changes the settings of a model file. */
  readonly onChangeModel: (file: string, patch: Partial<ModelSettings>) => void
  /** Opens Models. */
  readonly onOpenModels: () => void
  readonly dataCheck: DataCheckStore
  readonly aside: SetAsideStore
}

const themes: readonly { readonly value: Settings['theme']; readonly label: string }[] = [
  { value: 'system', label: 'As the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
]

/** The Settings place. Changes apply at once. */
export function SettingsPlace(props: SettingsPlaceProps) {
  const { info, settings, model, onChange: change, onChangeModel, onOpenModels } = props
  const { dataCheck, aside } = props
  const checked = useStore(dataCheck.store, ({ status }) => status)
  const file = model?.file ?? null
  return (
    <Place title="Settings" detail={`Penknife ${info.version}`}>
      <div className="settings">
        {settings !== null && (
          <div className="settings-column">
            <Section title="Appearance">
              <Line label="Colours">
                <SegmentedControl
                  label="Colours"
                  value={settings.theme}
                  options={themes}
                  onChange={(theme) => change({ theme })}
                />
              </Line>
            </Section>
            <Section title="Answers">
              <Field
                inline="centered"
                label="Passages only"
                hint="Answer with the best passages and where they stand, without any model."
              >
                {(control) => (
                  <Switch
                    {...control}
                    checked={settings.passagesOnly}
                    onChange={(passagesOnly) => change({ passagesOnly })}
                  />
                )}
              </Field>
              {!settings.passagesOnly && (
                <>
                  <ModelInUse model={model} onOpenModels={onOpenModels} />
                  {file !== null && (
                    <ModelUse
                      file={file}
                      model={model}
                      settings={settings}
                      onChange={(patch) => onChangeModel(file, patch)}
                      onGpu={(gpu) => change({ gpu })}
                      onUnloadAfter={(unloadAfterMinutes) => change({ unloadAfterMinutes })}
                    />
                  )}
                </>
              )}
            </Section>
            <Section title="Search">
              <Field
                inline="centered"
                label="Passages for a question"
                hint="How many passages a question looks at. More find more, and take longer to read."
              >
                {(control) => (
                  <NumberInput
                    {...control}
                    value={settings.passages}
                    {...bounds.passages}
                    onCommit={(passages) => change({ passages })}
                  />
                )}
              </Field>
            </Section>
            <Section title="Downloads of models">
              <AddressInput
                label="Proxy"
                hint="Where downloads go through an HTTP proxy. Empty: as the system’s environment says."
                placeholder="http://proxy.example:8080"
                value={settings.downloads.proxy}
                onCommit={(proxy) => change({ downloads: { ...settings.downloads, proxy } })}
              />
              <AddressInput
                label="Mirror"
                hint="A server that stands in for https://huggingface.co. Empty: none."
                placeholder="https://mirror.example"
                value={settings.downloads.mirror}
                onCommit={(mirror) => change({ downloads: { ...settings.downloads, mirror } })}
              />
            </Section>
            <Section title="Your data">
              <DataCheckSection check={dataCheck} />
              <SetAsideSection
                aside={aside}
                canShowFolder={info.shell === 'electron'}
                changes={checked}
              />
            </Section>
            <Section title="Privacy">
              <p className="settings-text">
                Nothing leaves this computer: not your documents, not your questions, not how you
                use Penknife. It reports nothing and looks for no updates. The one thing it ever
                fetches is a model that you choose to download. Its log holds no text of yours.
              </p>
            </Section>
            <Section title="This installation">
              <dl>
                <Fact name="Version">{info.version}</Fact>
                <Fact name="Your data lies in">
                  <span className="mono settings-path">{info.dataDir}</span>
                </Fact>
                <Fact name="Passages are found by">
                  {info.embedder.id}, {info.embedder.dimensions} dimensions
                </Fact>
                <Fact name="All keys">
                  <Kbd keys="?" />
                </Fact>
              </dl>
            </Section>
          </div>
        )}
      </div>
    </Place>
  )
}

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section aria-label={title}>
      <h2 className="settings-title">{title}</h2>
      <div className="settings-card">{children}</div>
    </section>
  )
}

/** A label beside a control with an accessible name. */
function Line({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className="settings-line">
      <span className="settings-label">{label}</span>
      {children}
    </div>
  )
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className="settings-fact">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
