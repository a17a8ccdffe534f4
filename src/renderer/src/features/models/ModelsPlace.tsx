import { FilePlus, HardDrive } from 'lucide-react'
import { useEffect, useMemo, type ReactNode } from 'react'
import { useStore } from 'zustand'
import type { ModelState } from '../../../../shared/contract/models.ts'
import { useModelLists } from '../../mirror/useModelLists.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Place } from '../../ui/Place.tsx'
import { AvailableTable } from './AvailableTable.tsx'
import { Downloads } from './Downloads.tsx'
import { Guidance } from './Guidance.tsx'
import { EmbedderTable } from './EmbedderTable.tsx'
import { AnswersCard } from './InUse.tsx'
import { InstalledTable } from './InstalledTable.tsx'
import type { ModelsStore } from './modelsStore.ts'
import { machineWords } from './modelWords.ts'
import { PassagesCard } from './PassagesCard.tsx'
import { OnThisDisk } from './OnThisDisk.tsx'
import { adviseModel } from './recommend.ts'
import './ModelsPlace.css'

export interface ModelsPlaceProps {
  readonly models: ModelsStore
  readonly model: ModelState | null
  readonly passagesOnly: boolean
  /** Turns "passages only" off. */
  readonly onUseModel: () => void
  readonly onOpenSettings: () => void
}

/** The Models place: language model and embedder in use, and all other models. */
export function ModelsPlace(props: ModelsPlaceProps) {
  const { models, model, passagesOnly } = props
  const { switching, switchProblem, scan } = useStore(models.store)
  const { installed, catalogue, downloads, index, machine, known, problem } = useModelLists(
    models.mirror,
  )
  const advice = useMemo(
    () => adviseModel(model, installed, catalogue),
    [model, installed, catalogue],
  )
  useEffect(() => void models.mirror.index.reload(), [models])
  const languageModels = installed.filter(({ role }) => role === 'answers')
  return (
    <Place
      title="Models"
      actions={
        <>
          <Button icon={<HardDrive />} onClick={() => void models.scan(null)}>
            Find on this disk
          </Button>
          <Button
            icon={<FilePlus />}
            onClick={() => models.show({ kind: 'add', file: '', lost: null })}
          >
            Add a file
          </Button>
        </>
      }
    >
      <div className="models" tabIndex={-1}>
        <div className="models-column">
          <div className="models-cards">
            <AnswersCard
              models={models}
              model={model}
              passagesOnly={passagesOnly}
              switching={switching !== null}
              problem={switchProblem}
              onUseModel={props.onUseModel}
              onOpenSettings={props.onOpenSettings}
            />
            <PassagesCard index={index} models={models} />
          </div>
          {advice !== null && known && !passagesOnly && (
            <Guidance
              advice={advice}
              machine={machine}
              downloads={downloads}
              busy={switching !== null}
              models={models}
            />
          )}
          <Downloads
            downloads={downloads}
            installed={installed}
            models={models}
            busy={switching !== null}
          />
          {problem === null ? (
            <>
              <Section title="Installed">
                <InstalledTable
                  installed={languageModels}
                  machine={machine}
                  switching={switching}
                  models={models}
                />
              </Section>
              <Section
                title="Available"
                detail={machine === null ? '' : machineWords(machine)}
                foot={
                  <Button variant="quiet" onClick={() => models.show({ kind: 'address' })}>
                    Download a GGUF file from another address
                  </Button>
                }
              >
                <AvailableTable
                  catalogue={catalogue.filter(({ role }) => role === 'answers')}
                  downloads={downloads}
                  machine={machine}
                  models={models}
                />
              </Section>
              <Section title="On this disk">
                <OnThisDisk
                  scan={scan}
                  machine={machine}
                  busy={switching !== null}
                  models={models}
                />
              </Section>
              <Section title="For finding passages">
                <EmbedderTable
                  installed={installed.filter(({ role }) => role === 'passages')}
                  catalogue={catalogue.filter(({ role }) => role === 'passages')}
                  downloads={downloads}
                  index={index}
                  models={models}
                />
              </Section>
            </>
          ) : (
            <EmptyState
              title="The list of models could not be read"
              actions={<Button onClick={() => models.mirror.reload()}>Try again</Button>}
            >
              {problem}
            </EmptyState>
          )}
        </div>
      </div>
    </Place>
  )
}

function Section(props: {
  readonly title: string
  readonly detail?: string
  readonly foot?: ReactNode
  readonly children: ReactNode
}) {
  return (
    <section aria-label={props.title}>
      <div className="row models-section-head">
        <h2 className="grow">{props.title}</h2>
        {props.detail !== undefined && <span className="faint">{props.detail}</span>}
      </div>
      {props.children}
      {props.foot !== undefined && <div className="models-section-foot">{props.foot}</div>}
    </section>
  )
}
