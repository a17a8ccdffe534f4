import { useEffect, useState } from 'react'
import type { AvailableModel } from '../../../../shared/contract/models.ts'
import type { MachineFacts } from '../../../../shared/domain/languageModel.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { formatBytes } from '../../ui/format.ts'
import { Fact, Facts } from './Facts.tsx'
import { FitTag } from './FitTag.tsx'
import { Notice } from './InUse.tsx'
import { LicenceText } from './LicenceDialog.tsx'
import type { ModelsStore } from './modelsStore.ts'
import { downloadSize } from './modelWords.ts'
import { sentenceOf } from './sentenceOf.ts'
import './ModelsPlace.css'
import './problem.css'

export interface GetDialogProps {
  readonly entry: AvailableModel
  readonly machine: MachineFacts | null
  readonly models: ModelsStore
}

export const notStarted = 'The download could not be started. Try again in a moment.'

/** Confirms a download, with its size, source and licence. */
export function GetDialog({ entry, machine, models }: GetDialogProps) {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  useEffect(() => void models.mirror.machine.reload(), [models])
  const { aboutBytes, fits, licence } = entry
  const free = machine?.freeDiskBytes ?? null
  const tooLarge = free !== null && aboutBytes !== null && aboutBytes > free

  async function start(): Promise<void> {
    setBusy(true)
    setProblem(null)
    try {
      await models.startDownload({ id: entry.id })
      models.closeSheet()
    } catch (error) {
      setProblem(sentenceOf(error, notStarted))
    } finally {
      setBusy(false)
    }
  }

  return (
    <Dialog
      open
      title={`Download ${entry.name}?`}
      width={520}
      onClose={() => models.closeSheet()}
      actions={
        <>
          <Button onClick={() => models.closeSheet()}>Not now</Button>
          <Button
            variant="primary"
            data-autofocus
            disabled={busy || tooLarge}
            onClick={() => void start()}
          >
            {licence.gated ? 'Try to download' : 'Accept and download'}
          </Button>
        </>
      }
    >
      <Facts>
        <Fact name="From">
          <b>{entry.host}</b>
        </Fact>
        <Fact name="Size">
          {downloadSize(entry)}
          {entry.sizeBytes === null && ', the host tells exactly'}
        </Fact>
        <Fact name="Free on the disk">
          {free === null ? 'not known' : formatBytes(free)}
          {tooLarge && <div className="models-problem">Not enough: make room first.</div>}
        </Fact>
        {fits !== null && (
          <Fact name="In memory">
            <FitTag model={entry} machine={machine} />
          </Fact>
        )}
        <Fact name="Licence">{licence.name}</Fact>
      </Facts>
      <LicenceText licence={licence} />
      <p className="dim">
        Only this file is asked for; nothing of yours is sent. The download can be paused, and goes
        on after a restart.
      </p>
      {problem !== null && <Notice text={problem} />}
    </Dialog>
  )
}
