import type { IndexState, RebuildState } from '../../../../shared/contract/models.ts'
import { Button } from '../../ui/Button.tsx'
import { formatBytes, formatCount, plural } from '../../ui/format.ts'
import { ProgressBar } from '../../ui/ProgressBar.tsx'
import { InUseCard, Notice } from './InUse.tsx'
import type { ModelsStore } from './modelsStore.ts'
import { describeRebuild } from './rebuildWords.ts'
import './InUse.css'
import './PassagesCard.css'

/** The card of the embedder in use, and of a rebuild for another one. */
export function PassagesCard({
  index,
  models,
}: {
  readonly index: IndexState | null
  readonly models: ModelsStore
}) {
  if (index === null) return <InUseCard role="Finds passages" name="…" tag={null} detail="" />
  const { embedder, passages, sizeBytes, rebuild } = index
  const size = sizeBytes === 0 ? '' : `, ${formatBytes(sizeBytes)} on the disk`
  return (
    <InUseCard
      role="Finds passages"
      name={embedder.name}
      tag={{ tone: 'good', word: 'Ready' }}
      detail={`${formatCount(embedder.dimensions)} dimensions, ${plural(passages, 'passage')} indexed${size}.`}
      notice={rebuild !== null && <Rebuild rebuild={rebuild} models={models} />}
    />
  )
}

function Rebuild({
  rebuild,
  models,
}: {
  readonly rebuild: RebuildState
  readonly models: ModelsStore
}) {
  const { state, fraction, figures, note } = describeRebuild(rebuild)
  const { status } = rebuild.state
  return (
    <div className="models-rebuild" role="group" aria-label="New index">
      <div role="status">{state}</div>
      {status === 'failed' ? (
        <Notice text={note} />
      ) : (
        <>
          <ProgressBar className="models-rebuild-bar" label={state} fraction={fraction} />
          <div className="dim num">{figures}</div>
          <div className="faint">{note}</div>
        </>
      )}
      <div className="models-card-actions">
        {status === 'building' && <Button onClick={() => models.pauseRebuild()}>Pause</Button>}
        {status === 'paused' && <Button onClick={() => models.resumeRebuild()}>Go on</Button>}
        {status === 'failed' && <Button onClick={() => models.resumeRebuild()}>Try again</Button>}
        <Button variant="quiet" onClick={() => models.show({ kind: 'cancel-rebuild' })}>
          {status === 'failed' ? 'Give up' : 'Cancel'}
        </Button>
      </div>
    </div>
  )
}
