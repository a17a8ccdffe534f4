import { Download as DownloadIcon, Trash2 } from 'lucide-react'
import type { AvailableModel, Download, IndexState } from '../../../../shared/contract/models.ts'
import type { InstalledModel } from '../../../../shared/domain/languageModel.ts'
import { Button } from '../../ui/Button.tsx'
import { Tag } from '../../ui/Chip.tsx'
import { formatBytes } from '../../ui/format.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { describeDownload } from './downloadWords.ts'
import { ModelTable } from './ModelTable.tsx'
import type { ModelsStore } from './modelsStore.ts'
import { downloadSize, originWords } from './modelWords.ts'
import './ModelsPlace.css'
import './problem.css'
import './ModelTable.css'

export interface EmbedderTableProps {
  readonly installed: readonly InstalledModel[]
  readonly catalogue: readonly AvailableModel[]
  readonly downloads: readonly Download[]
  readonly index: IndexState | null
  readonly models: ModelsStore
}

/** The embedders: installed ones, then downloadable ones. */
export function EmbedderTable(props: EmbedderTableProps) {
  const { installed, catalogue } = props
  const known = new Map(catalogue.map((entry) => [entry.id, entry]))
  const here = new Set(installed.map(({ id }) => id))
  return (
    <ModelTable columns={['model', 'size', 'licence']}>
      {installed.map((model) => (
        <InstalledRow key={model.id} {...props} model={model} entry={known.get(model.id)} />
      ))}
      {catalogue
        .filter(({ id }) => !here.has(id))
        .map((entry) => (
          <AvailableRow key={entry.id} {...props} entry={entry} />
        ))}
    </ModelTable>
  )
}

function InstalledRow({
  model,
  entry,
  index,
  models,
}: EmbedderTableProps & {
  readonly model: InstalledModel
  readonly entry: AvailableModel | undefined
}) {
  const { id, name, origin, sizeBytes, problem } = model
  const inUse = index?.embedder.id === id
  const coming = index?.rebuild?.embedder.id === id
  const about = entry?.description ?? 'English, small and very quick.'
  return (
    <tr>
      <th scope="row">
        <div>{name}</div>
        <div className="faint">
          {capitalised(originWords(model))} · {about}
        </div>
        {problem !== null && <div className="models-problem">{problem}</div>}
      </th>
      <td className="is-end dim num">{sizeBytes === 0 ? '–' : formatBytes(sizeBytes)}</td>
      <td className="is-licence dim">{entry?.licence.name ?? 'Apache-2.0'}</td>
      <td className="is-actions">
        <div className="row">
          {inUse && <Tag>In use</Tag>}
          {coming && <Tag tone="info">Being prepared</Tag>}
          {!inUse && !coming && problem === null && (
            <Button
              aria-label={`Use ${name}`}
              onClick={() => models.show({ kind: 'embedder', id })}
            >
              Use
            </Button>
          )}
          {origin !== 'bundled' && !inUse && !coming && (
            <IconButton
              label={`Delete ${name}`}
              icon={<Trash2 />}
              onClick={() => models.show({ kind: 'remove', id })}
            />
          )}
        </div>
      </td>
    </tr>
  )
}

function AvailableRow({
  entry,
  downloads,
  models,
}: EmbedderTableProps & { readonly entry: AvailableModel }) {
  const { id, name, description, licence } = entry
  const download = downloads.find((one) => one.id === id)
  return (
    <tr>
      <th scope="row">
        <div>{name}</div>
        <div className="faint">{description}</div>
      </th>
      <td className="is-end dim num">{downloadSize(entry)}</td>
      <td className="is-licence">
        <Button
          variant="quiet"
          underlined
          className="models-licence-open"
          aria-label={`Licence of ${name}: ${licence.name}`}
          onClick={() => models.show({ kind: 'licence', id })}
        >
          {licence.name}
        </Button>
      </td>
      <td className="is-actions">
        {download !== undefined && download.state.status !== 'done' ? (
          <span className="dim">{describeDownload(download).state}</span>
        ) : (
          <Button
            icon={<DownloadIcon />}
            aria-label={`Get ${name}`}
            onClick={() => models.show({ kind: 'get', id })}
          >
            Get
          </Button>
        )}
      </td>
    </tr>
  )
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
