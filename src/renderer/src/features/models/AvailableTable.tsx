import { ChevronDown, ChevronRight, Download as DownloadIcon } from 'lucide-react'
import { Fragment, useState } from 'react'
import type { AvailableModel, Download } from '../../../../shared/contract/models.ts'
import type { MachineFacts } from '../../../../shared/domain/languageModel.ts'
import { Button } from '../../ui/Button.tsx'
import { Tag } from '../../ui/Chip.tsx'
import { plural } from '../../ui/format.ts'
import { describeDownload } from './downloadWords.ts'
import { FitTag } from './FitTag.tsx'
import { ModelTable } from './ModelTable.tsx'
import type { ModelsStore } from './modelsStore.ts'
import { downloadSize } from './modelWords.ts'
import { SpeedCell } from './SpeedCell.tsx'
import './ModelsPlace.css'
import './AvailableTable.css'
import './ModelTable.css'

export interface AvailableTableProps {
  readonly catalogue: readonly AvailableModel[]
  readonly downloads: readonly Download[]
  readonly machine: MachineFacts | null
  readonly models: ModelsStore
}

/** A comparison of downloadable models. Other sizes of a model are collapsed under its first. */
export function AvailableTable(props: AvailableTableProps) {
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set())
  const toggle = (name: string): void =>
    setOpen((before) => {
      const next = new Set(before)
      if (!next.delete(name)) next.add(name)
      return next
    })
  return (
    <ModelTable columns={['model', 'fits', 'speed', 'download', 'licence']}>
      {groupByName(props.catalogue).map(([first, ...others]) => (
        <Fragment key={first.id}>
          <Row {...props} entry={first} />
          {others.length > 0 && (
            <tr className="models-more">
              <td colSpan={6}>
                <Button
                  variant="quiet"
                  size="small"
                  className="models-more-open"
                  aria-expanded={open.has(first.name)}
                  aria-label={`${plural(others.length, 'other size')} of ${first.name}`}
                  icon={open.has(first.name) ? <ChevronDown /> : <ChevronRight />}
                  onClick={() => toggle(first.name)}
                >
                  {plural(others.length, 'other size')}
                </Button>
              </td>
            </tr>
          )}
          {open.has(first.name) &&
            others.map((entry) => <Row key={entry.id} {...props} entry={entry} />)}
        </Fragment>
      ))}
    </ModelTable>
  )
}

function Row(props: AvailableTableProps & { readonly entry: AvailableModel }) {
  const { entry, downloads, machine, models } = props
  const download = downloads.find(({ id }) => id === entry.id)
  return (
    <tr>
      <th scope="row">
        <div>{entry.name}</div>
        <div className="faint">
          {entry.quantisation} · {entry.description}
        </div>
      </th>
      <td>
        <FitTag model={entry} machine={machine} />
      </td>
      <SpeedCell speed={entry.speed} fits={entry.fits} />
      <td className="is-end dim num">{downloadSize(entry)}</td>
      <td className="is-licence">
        <Button
          variant="quiet"
          underlined
          className="models-licence-open"
          aria-label={`Licence of ${entry.name} ${entry.quantisation}: ${entry.licence.name}`}
          onClick={() => models.show({ kind: 'licence', id: entry.id })}
        >
          {entry.licence.name}
        </Button>
        {entry.licence.gated && <div className="faint">to be accepted first</div>}
      </td>
      <td className="is-actions">
        <Action entry={entry} download={download} models={models} />
      </td>
    </tr>
  )
}

function Action({
  entry,
  download,
  models,
}: {
  readonly entry: AvailableModel
  readonly download: Download | undefined
  readonly models: ModelsStore
}) {
  if (entry.installed) return <Tag>Installed</Tag>
  if (download !== undefined && download.state.status !== 'done') {
    const { state, fraction } = describeDownload(download)
    return (
      <div className="dim num">
        <div>{state}</div>
        {fraction !== null && <div className="faint">{Math.floor(fraction * 100)} %</div>}
      </div>
    )
  }
  return (
    <Button
      icon={<DownloadIcon />}
      aria-label={`Get ${entry.name} ${entry.quantisation}`}
      onClick={() => models.show({ kind: 'get', id: entry.id })}
    >
      Get
    </Button>
  )
}

type Group = readonly [AvailableModel, ...AvailableModel[]]

function groupByName(catalogue: readonly AvailableModel[]): readonly Group[] {
  const groups = new Map<string, [AvailableModel, ...AvailableModel[]]>()
  for (const entry of catalogue) {
    const group = groups.get(entry.name)
    if (group === undefined) groups.set(entry.name, [entry])
    else group.push(entry)
  }
  return [...groups.values()]
}
