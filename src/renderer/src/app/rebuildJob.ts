import type { IndexState, RebuildState } from '../../../shared/contract/models.ts'
import type { Job } from '../features/jobs/job.ts'
import type { ModelsStore } from '../features/models/modelsStore.ts'
import { describeRebuild } from '../features/models/rebuildWords.ts'
import { timeLeftWords } from '../ui/format.ts'

/** The rebuild of the index as a background job; empty if there is none. */
export function rebuildJob(index: IndexState | null, models: ModelsStore): readonly Job[] {
  const rebuild = index?.rebuild ?? null
  if (rebuild === null) return []
  const { state, fraction, figures, note } = describeRebuild(rebuild)
  const building = rebuild.state.status === 'building'
  return [
    {
      id: 'rebuild',
      title: `New index for ${rebuild.embedder.name}`,
      brief: briefly(rebuild.state),
      fraction,
      failed: rebuild.state.status === 'failed',
      figures: figures === '' ? state : figures,
      note,
      pause: building ? () => models.pauseRebuild() : null,
      resume: building ? null : () => models.resumeRebuild(),
      cancel: () => models.show({ kind: 'cancel-rebuild' }),
    },
  ]
}

function briefly(state: RebuildState['state']): string {
  switch (state.status) {
    case 'building':
      return state.secondsLeft === null ? 'Under way' : timeLeftWords(state.secondsLeft)
    case 'paused':
      return 'Paused'
    case 'failed':
      return 'Failed'
  }
}
