import { Pause, Play, RotateCw, X } from 'lucide-react'
import type { Download } from '../../../../shared/contract/models.ts'
import type { InstalledModel } from '../../../../shared/domain/languageModel.ts'
import { Button } from '../../ui/Button.tsx'
import { Tag, type TagTone } from '../../ui/Chip.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { ProgressBar } from '../../ui/ProgressBar.tsx'
import { describeDownload } from './downloadWords.ts'
import type { ModelsStore } from './modelsStore.ts'
import './ModelsPlace.css'
import './Downloads.css'

const tones: Readonly<Record<Download['state']['status'], TagTone>> = {
  downloading: 'info',
  reconnecting: 'warn',
  paused: 'plain',
  verifying: 'info',
  done: 'good',
  failed: 'bad',
}

/** Downloads that are running, failed or just finished. */
export function Downloads(props: {
  readonly downloads: readonly Download[]
  readonly installed: readonly InstalledModel[]
  readonly models: ModelsStore
  /** A model is being loaded. */
  readonly busy: boolean
}) {
  const { downloads, installed, models, busy } = props
  if (downloads.length === 0) return null
  const latest = downloads.findLast(({ state }) => state.status === 'done')
  return (
    <section aria-label="Downloads">
      <div className="row models-section-head">
        <h2 className="grow">Downloads</h2>
      </div>
      <ul className="models-downloads">
        {downloads.map((download) => (
          <li key={download.id}>
            <DownloadCard
              download={download}
              primary={download === latest}
              embeds={installed.some(({ id, role }) => id === download.id && role === 'passages')}
              models={models}
              busy={busy}
            />
          </li>
        ))}
      </ul>
    </section>
  )
}

interface DownloadCardProps {
  readonly download: Download
  /** Whether "Use" is the primary action of the place. */
  readonly primary: boolean
  /** Whether it is an embedder and not a language model. */
  readonly embeds: boolean
  readonly models: ModelsStore
  readonly busy: boolean
}

function DownloadCard(props: DownloadCardProps) {
  const { download } = props
  const { name, state } = download
  const words = describeDownload(download)
  const moving = state.status !== 'done' && state.status !== 'failed'
  return (
    <article className="models-download" aria-label={`Download of ${name}`}>
      <div className="row">
        <span className="models-download-name grow cut">{name}</span>
        <span role="status">
          <Tag tone={tones[state.status]}>{words.state}</Tag>
        </span>
        <DownloadActions {...props} />
      </div>
      {moving && <ProgressBar label={`${words.state}: ${name}`} fraction={words.fraction} />}
      <div className="dim num">{words.figures}</div>
      {words.note !== null && (
        <div
          className={state.status === 'failed' ? 'models-download-failed' : 'faint'}
          role={state.status === 'failed' ? 'alert' : undefined}
        >
          {words.note}
        </div>
      )}
    </article>
  )
}

function DownloadActions({ download, primary, embeds, models, busy }: DownloadCardProps) {
  const { id, name, state } = download
  const cancel = (
    <IconButton
      label={`Cancel the download of ${name}`}
      icon={<X />}
      onClick={() => models.show({ kind: 'cancel', id })}
    />
  )
  switch (state.status) {
    case 'downloading':
    case 'reconnecting':
      return (
        <>
          <IconButton
            label={`Pause the download of ${name}`}
            icon={<Pause />}
            onClick={() => models.pause(id)}
          />
          {cancel}
        </>
      )
    case 'verifying':
      return cancel
    case 'paused':
      return (
        <>
          <IconButton
            label={`Resume the download of ${name}`}
            icon={<Play />}
            onClick={() => models.resume(id)}
          />
          {cancel}
        </>
      )
    case 'failed':
      return (
        <>
          <Button icon={<RotateCw />} disabled={busy} onClick={() => models.resume(id)}>
            Try again
          </Button>
          {cancel}
        </>
      )
    case 'done':
      return (
        <>
          <Button
            variant={primary ? 'primary' : 'plain'}
            disabled={busy}
            onClick={() => {
              if (embeds) models.show({ kind: 'embedder', id: state.model })
              else void models.use({ id: state.model })
              models.cancel(id)
            }}
          >
            Use now
          </Button>
          <IconButton label={`Dismiss: ${name}`} icon={<X />} onClick={() => models.cancel(id)} />
        </>
      )
  }
}
