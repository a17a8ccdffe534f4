import type { Download } from '../../../../shared/contract/models.ts'
import { formatBytes, timeLeftWords } from '../../ui/format.ts'

/** The progress of a download: its state in a word, figures, and the error if there is one. */
export interface DownloadWords {
  readonly state: string
  /** 0 to 1; null while the total is unknown. */
  readonly fraction: number | null
  readonly figures: string
  readonly note: string | null
}

export function describeDownload({ doneBytes, totalBytes, host, state }: Download): DownloadWords {
  const fraction = totalBytes === null || totalBytes === 0 ? null : doneBytes / totalBytes
  const amount =
    totalBytes === null
      ? formatBytes(doneBytes)
      : `${formatBytes(doneBytes)} of ${formatBytes(totalBytes)}`
  switch (state.status) {
    case 'downloading': {
      const { bytesPerSecond, secondsLeft } = state
      const figures = [
        amount,
        ...(bytesPerSecond === null ? [] : [`${formatBytes(bytesPerSecond)} a second`]),
        ...(secondsLeft === null ? [] : [timeLeftWords(secondsLeft)]),
      ]
      return { state: 'Downloading', fraction, figures: figures.join(' · '), note: `From ${host}` }
    }
    case 'reconnecting':
      return {
        state: 'Connecting again',
        fraction,
        figures: amount,
        note: `${sentence(state.reason)}. What arrived is kept; Penknife tries again by itself.`,
      }
    case 'paused':
      return { state: 'Paused', fraction, figures: amount, note: 'What arrived is kept.' }
    case 'verifying':
      return {
        state: 'Checking',
        fraction: state.fraction,
        figures: amount,
        note: 'Compares what arrived with what the publisher says it is.',
      }
    case 'done':
      return { state: 'Downloaded', fraction: 1, figures: formatBytes(doneBytes), note: null }
    case 'failed':
      return {
        state: 'Failed',
        fraction: fraction ?? 0,
        figures: amount,
        note: state.error.message,
      }
  }
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
