import { Ellipsis, Gauge, Info, Trash2 } from 'lucide-react'
import type { InstalledModel, MachineFacts } from '../../../../shared/domain/languageModel.ts'
import { Button } from '../../ui/Button.tsx'
import { Tag } from '../../ui/Chip.tsx'
import { formatBytes } from '../../ui/format.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { Menu, MenuItem } from '../../ui/Menu.tsx'
import { showError, showToast } from '../../ui/toasts.ts'
import { FitTag } from './FitTag.tsx'
import { ModelTable } from './ModelTable.tsx'
import type { ModelsStore } from './modelsStore.ts'
import { originWords } from './modelWords.ts'
import { SpeedCell } from './SpeedCell.tsx'
import './ModelsPlace.css'
import './problem.css'

export interface InstalledTableProps {
  readonly installed: readonly InstalledModel[]
  readonly machine: MachineFacts | null
  /** Id or path of the model being loaded. */
  readonly switching: string | null
  readonly models: ModelsStore
}

/** The installed language models. */
export function InstalledTable({ installed, machine, switching, models }: InstalledTableProps) {
  return (
    <ModelTable columns={['model', 'fits', 'speed', 'size']}>
      {installed.map((model) => (
        <tr key={model.id}>
          <th scope="row">
            <div>{model.name}</div>
            <div className="faint">{about(model)}</div>
          </th>
          <td>
            {model.problem !== null ? (
              <span className="models-problem">{model.problem}</span>
            ) : (
              model.facts !== null && <FitTag model={model.facts} machine={machine} />
            )}
          </td>
          <SpeedCell speed={model.speed} fits={model.facts?.fits ?? null} />
          <td className="is-end dim num">
            {model.sizeBytes === 0 ? '–' : formatBytes(model.sizeBytes)}
          </td>
          <td className="is-actions">
            <div className="row">
              {model.inUse ? (
                <Tag>In use</Tag>
              ) : (
                model.problem === null && (
                  <Button
                    aria-label={`Use ${model.name}`}
                    disabled={switching !== null}
                    onClick={() => void models.use({ id: model.id })}
                  >
                    {switching === model.id ? 'Trying it' : 'Use'}
                  </Button>
                )
              )}
              <MoreMenu model={model} models={models} />
            </div>
          </td>
        </tr>
      ))}
    </ModelTable>
  )
}

function about(model: InstalledModel): string {
  const origin = originWords(model)
  if (model.origin === 'bundled') return `Demo: quotes, does not reason · ${origin}`
  return model.facts === null ? origin : `${model.facts.quantisation} · ${origin}`
}

/** Removes a model from the list without confirmation, since no file is deleted. */
function removeFromList({ id, name, file }: InstalledModel, models: ModelsStore): void {
  models.remove(id)
  showToast(`${name} is off the list. Its file stays where it lies.`, {
    undo() {
      models.add(file).catch((error: unknown) => {
        showError(error, 'The file could not be added again. Check that it is still there.')
      })
    },
  })
}

function MoreMenu({
  model,
  models,
}: {
  readonly model: InstalledModel
  readonly models: ModelsStore
}) {
  const { id, name, origin, facts, inUse } = model
  return (
    <Menu align="end" trigger={<IconButton label={`More about ${name}`} icon={<Ellipsis />} />}>
      {facts !== null && (
        <>
          <MenuItem icon={<Info />} onSelect={() => models.show({ kind: 'about', id })}>
            What it is
          </MenuItem>
          <MenuItem icon={<Gauge />} onSelect={() => models.show({ kind: 'measure', id })}>
            Measure its speed
          </MenuItem>
        </>
      )}
      {origin !== 'bundled' && (
        <MenuItem
          danger
          icon={<Trash2 />}
          disabled={inUse}
          onSelect={() => {
            if (origin === 'downloaded') models.show({ kind: 'remove', id })
            else removeFromList(model, models)
          }}
        >
          {origin === 'downloaded' ? 'Delete' : 'Take off the list'}
        </MenuItem>
      )}
    </Menu>
  )
}
