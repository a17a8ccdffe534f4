import type { Download } from '../../../shared/contract/models.ts'
import type { Job } from '../features/jobs/job.ts'
import { timeLeftWords } from '../ui/format.ts'
import { describeDownload } from '../features/models/downloadWords.ts'
import type { ModelsStore } from '../features/models/modelsStore.ts'

/** Unfinished downloads as background jobs. */
export function downloadJobs(downloads: readonly Download[], models: ModelsStore): readonly Job[] {
  return downloads
    .filter(({ state }) => state.status !== 'done')
    .map((download) => {
      const { id, name } = download
      const { state, fraction, figures, note } = describeDownload(download)
      const { status } = download.state
      return {
        id: `download ${id}`,
        title: name,
        brief: timeLeftOf(download) ?? state,
        fraction,
        failed: status === 'failed',
        figures: `${state} · ${figures}`,
        note: status === 'downloading' ? null : note,
        pause:
          status === 'downloading' || status === 'reconnecting' ? () => models.pause(id) : null,
        resume: status === 'paused' || status === 'failed' ? () => models.resume(id) : null,
        cancel: () => models.show({ kind: 'cancel', id }),
      }
    })
}

function timeLeftOf({ state }: Download): string | null {
  if (state.status !== 'downloading' || state.secondsLeft === null) return null
  return timeLeftWords(state.secondsLeft)
}
