import { Download as DownloadIcon } from 'lucide-react'
import type { Download } from '../../../../shared/contract/models.ts'
import type { MachineFacts } from '../../../../shared/domain/languageModel.ts'
import { Button } from '../../ui/Button.tsx'
import { formatBytes } from '../../ui/format.ts'
import type { ModelsStore } from './modelsStore.ts'
import { formatMemory, speedWords } from './modelWords.ts'
import type { Advice } from './recommend.ts'
import './ModelsPlace.css'
import './Guidance.css'

export interface GuidanceProps {
  readonly advice: Advice
  readonly machine: MachineFacts | null
  readonly downloads: readonly Download[]
  readonly busy: boolean
  readonly models: ModelsStore
}

/** Recommends the next step from the demo model to a writing model. */
export function Guidance({ advice, machine, downloads, busy, models }: GuidanceProps) {
  // A finished download is the next step.
  if (downloads.some(({ state }) => state.status === 'done')) return null
  if (advice.kind === 'use') {
    const { model } = advice
    return (
      <section className="models-guidance" aria-label="From quotes to written answers">
        <div className="grow">
          <h2>{model.name} is installed and writes</h2>
          <p>
            The demo model finds sentences and quotes them. {model.name} answers in its own words
            and cites where they come from.
          </p>
        </div>
        <Button variant="primary" disabled={busy} onClick={() => void models.use({ id: model.id })}>
          Use {model.name}
        </Button>
      </section>
    )
  }
  const { entry } = advice
  if (downloads.some(({ id }) => id === entry.id)) return null
  return (
    <section className="models-guidance" aria-label="From quotes to written answers">
      <div className="grow">
        <h2>For written answers: {entry.name}</h2>
        <p>
          The demo model finds sentences and quotes them. {entry.name} answers in its own words and
          cites where they come from. {reasons(advice, machine)}
        </p>
      </div>
      <Button
        variant="primary"
        icon={<DownloadIcon />}
        onClick={() => models.show({ kind: 'get', id: entry.id })}
      >
        Get {entry.name}
      </Button>
    </section>
  )
}

function reasons(
  { entry }: Extract<Advice, { readonly kind: 'get' }>,
  machine: MachineFacts | null,
): string {
  const spare = (machine?.memoryBytes ?? 0) - (entry.fits?.memoryBytes ?? 0)
  const room = spare > 0 ? ` and leaves ${formatMemory(spare)} of its memory free` : ''
  const speed = speedWords(entry.speed)
  const pace = speed === null ? '' : ` It writes ${speed}.`
  const size =
    entry.aboutBytes === null ? '' : ` ${formatBytes(entry.aboutBytes)} to download once.`
  return `It is the largest of those recommended that fits this machine${room}.${pace}${size}`
}
